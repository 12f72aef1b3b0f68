package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.bankingdocs.upload.Uploads;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.Fingerprint;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Encoding;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes new contents of documents. */
@RestController
@Tag(name = "ДБО")
class VersionUploadController {

    private static final String METADATA = "metadata";

    private final DocumentReadModel documents;
    private final Uploads uploads;
    private final ReplaceContent replaceContent;
    private final LeasedUpload leased;
    private final JsonMapper json;

    VersionUploadController(
            DocumentReadModel documents,
            Uploads uploads,
            ReplaceContent replaceContent,
            LeasedUpload leased,
            JsonMapper json) {
        this.documents = documents;
        this.uploads = uploads;
        this.replaceContent = replaceContent;
        this.leased = leased;
        this.json = json;
    }

    /** The parts of an upload, for the OpenAPI description. */
    @Schema(name = "DocumentVersionUpload")
    record Parts(
            @Nullable VersionMetadata metadata,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, type = "string", format = "binary")
            String file) {}

    /** A content that was added; the document is pending again. */
    @Schema(name = "DocumentVersionAdded")
    record AddedResponse(long documentId, int version, String status, String checksum, long size, String contentType) {

        private static AddedResponse from(ReplaceContent.Replaced replaced) {
            return new AddedResponse(
                    replaced.document().id(),
                    replaced.document().version(),
                    replaced.document().status().word(),
                    replaced.file().sha256(),
                    replaced.file().size(),
                    replaced.file().type());
        }
    }

    @PostMapping(path = "/v1/dbo/documents/{id}/versions", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @AllowedTo({"bank_client", "dbo_operator", "bank_admin"})
    @Operation(
            operationId = "addDocumentVersion",
            summary = "Replace the content of a rejected document",
            description = "It is pending again; what was there before stays readable as an older version.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Parts.class),
                                            encoding =
                                                    @Encoding(
                                                            name = METADATA,
                                                            contentType = MediaType.APPLICATION_JSON_VALUE))))
    @ApiResponse(
            responseCode = "201",
            description = "Added; Location names the content, ETag the new version of the row",
            content = @Content(schema = @Schema(implementation = AddedResponse.class)))
    Mono<ResponseEntity<String>> add(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) ServerHttpRequest request,
            Caller caller) {
        Optional<IdempotencyScope> scope = Optional.ofNullable(key)
                .map(name -> new IdempotencyScope(caller.principalKey(), "documents.replace", name));
        Long version = VersionTag.wanted(ifMatch);
        return documents
                .one(id)
                .transform(DocumentVisibility.changes(caller))
                .flatMap(known -> uploads.receive(
                        request,
                        file -> Mono.defer(() ->
                                add(new ReplaceContent.Replacement(id, caller, metadata(file), file, version), scope))))
                .map(Answer::toResponse);
    }

    private Mono<Answer> add(ReplaceContent.Replacement wish, Optional<IdempotencyScope> scope) {
        Fingerprint fingerprint = Fingerprint.of(
                Long.toString(wish.documentId()),
                String.valueOf(wish.version()),
                json.writeValueAsString(wish.metadata()),
                wish.file().sha256());
        return leased.run(scope, fingerprint, this::answer, alsoCommit -> replaceContent.handle(wish, alsoCommit));
    }

    private Answer answer(ReplaceContent.Replaced replaced) {
        AddedResponse added = AddedResponse.from(replaced);
        return Answer.of(HttpStatus.CREATED.value(), json.writeValueAsString(added))
                .withHeader(
                        HttpHeaders.LOCATION,
                        "/v1/abs/documents/%d/content?version=%d".formatted(added.documentId(), added.version()))
                .withHeader(HttpHeaders.ETAG, VersionTag.of(replaced.document().rowVersion()));
    }

    /** Raises {@link CommonProblem} for metadata that cannot be read. */
    private VersionMetadata metadata(ReceivedUpload file) {
        String text = FormFields.only(file, METADATA).optional(METADATA);
        return text == null ? VersionMetadata.NONE : PartJson.read(json, METADATA, text, VersionMetadata.class);
    }
}
