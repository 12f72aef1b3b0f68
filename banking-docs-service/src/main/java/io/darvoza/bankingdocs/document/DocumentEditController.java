package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets clients, and operators for them, change and take back documents. */
@RestController
@Tag(name = "ДБО")
class DocumentEditController {

    private static final String PATH = "/v1/dbo/documents/{id}";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final EditDocument edit;
    private final DeleteDocument delete;
    private final OptionalIdempotency commands;

    DocumentEditController(EditDocument edit, DeleteDocument delete, OptionalIdempotency commands) {
        this.edit = edit;
        this.delete = delete;
        this.commands = commands;
    }

    /** The members of a patch, for the OpenAPI description; null takes a date away. */
    @Schema(name = "DocumentPatch")
    record PatchRequest(
            @Schema(maxLength = Document.MAX_DESCRIPTION_LENGTH) @Nullable
            String description,

            @Nullable String category,
            @Nullable Integer callcopyId,
            @Nullable LocalDate actualDate,
            @Nullable LocalDate actualEndDate) {}

    /**
     * What was changed.
     *
     * @param updatedField the one member that was sent; absent when there were more
     * @param newValue its value now
     * @param updatedFields all of them with their values, when there were more
     */
    @Schema(name = "DocumentPatched")
    record PatchResponse(
            long documentId,
            @Nullable String updatedField,

            @Schema(oneOf = {String.class, Long.class}) @Nullable
            Object newValue,

            @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @Nullable
            Map<String, ?> updatedFields) {

        private static PatchResponse of(long id, DocumentPatch patch) {
            if (patch.members().size() > 1) {
                return new PatchResponse(id, null, null, patch.members());
            }
            var only = patch.members().entrySet().iterator().next();
            return new PatchResponse(id, only.getKey(), only.getValue(), null);
        }
    }

    /** That a document is gone. */
    @Schema(name = "DocumentDeleted")
    record DeletedResponse(String message) {}

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long documentId,
            @Nullable JsonNode patch,
            @Nullable Long version) {}

    @PatchMapping(
            path = PATH,
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @AllowedTo({"bank_client", "dbo_operator", "bank_admin"})
    @Operation(
            operationId = "editDocument",
            summary = "Change what a document says of itself",
            description = "The description until the document is archived; category and validity while it is pending or"
                    + " rejected. If-Match and Idempotency-Key are honoured when sent.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = PatchRequest.class)),
                                @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = PatchRequest.class))
                            }))
    @ApiResponse(
            responseCode = "200",
            description = "Changed; ETag is the new version of the row",
            content = @Content(schema = @Schema(implementation = PatchResponse.class)))
    Mono<ResponseEntity<String>> patch(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody JsonNode body,
            Caller caller) {
        DocumentPatch patch = DocumentPatch.of(body);
        Long version = VersionTag.wanted(ifMatch);
        Mono<Answer> command = edit.handle(id, patch, caller, version)
                .map(document -> commands.changed(document.rowVersion(), PatchResponse.of(id, patch)));
        return commands.run(key, caller, "documents.edit", new Wish(id, body, version), command);
    }

    @DeleteMapping(PATH)
    @AllowedTo({"bank_client", "dbo_operator", "bank_admin"})
    @Operation(
            operationId = "deleteDocument",
            summary = "Take a document back",
            description = "While it is pending or rejected, under no legal hold and linked to no contract.")
    @ApiResponse(
            responseCode = "200",
            description = "Gone",
            content = @Content(schema = @Schema(implementation = DeletedResponse.class)))
    Mono<ResponseEntity<String>> delete(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller) {
        Long version = VersionTag.wanted(ifMatch);
        Mono<Answer> command = delete.handle(id, caller, version)
                .map(gone -> commands.done(new DeletedResponse("Document " + id + " deleted successfully")));
        return commands.run(key, caller, "documents.delete", new Wish(id, null, version), command);
    }
}
