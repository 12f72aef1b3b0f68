package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.audit.AuditLog;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Puts documents under legal hold and lifts it; both for a reason, which is audited. */
@RestController
@Tag(name = "АБС")
class LegalHoldController {

    private static final String PATH = "/v1/abs/documents/{id}/hold";

    private final LockedDocument locked;
    private final Documents documents;
    private final DocumentEvents events;
    private final AuditLog audit;
    private final OptionalIdempotency commands;

    LegalHoldController(
            LockedDocument locked,
            Documents documents,
            DocumentEvents events,
            AuditLog audit,
            OptionalIdempotency commands) {
        this.locked = locked;
        this.documents = documents;
        this.events = events;
        this.audit = audit;
        this.commands = commands;
    }

    /** Why. */
    @Schema(name = "LegalHoldReason")
    record HoldRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Reasons.MAX_LENGTH) @Nullable
            String reason) {}

    /** Whether a document is under legal hold now. */
    @Schema(name = "LegalHold")
    record HoldResponse(long documentId, boolean legalHold) {}

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long documentId,
            boolean hold,
            @Nullable String reason,
            @Nullable Long version) {}

    @PutMapping(PATH)
    @AllowedTo("bank_admin")
    @Operation(operationId = "holdDocument", summary = "Keep a document from being deleted, whatever its status")
    @ApiResponse(
            responseCode = "200",
            description = "Under hold; ETag is the version of the row",
            content = @Content(schema = @Schema(implementation = HoldResponse.class)))
    Mono<ResponseEntity<String>> hold(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody HoldRequest request,
            Caller caller) {
        return run(key, caller, new Wish(id, true, Reasons.required(request.reason()), VersionTag.wanted(ifMatch)));
    }

    @DeleteMapping(PATH)
    @AllowedTo("bank_admin")
    @Operation(operationId = "releaseDocument", summary = "Lift the legal hold")
    @ApiResponse(
            responseCode = "200",
            description = "Free; ETag is the version of the row",
            content = @Content(schema = @Schema(implementation = HoldResponse.class)))
    Mono<ResponseEntity<String>> release(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller) {
        return run(key, caller, new Wish(id, false, null, VersionTag.wanted(ifMatch)));
    }

    private Mono<ResponseEntity<String>> run(@Nullable String key, Caller caller, Wish wish) {
        Mono<Answer> command = locked.of(wish.documentId(), caller, wish.version())
                .flatMap(document -> document.legalHold() == wish.hold()
                        ? Mono.just(document)
                        : change(document.held(wish.hold()), wish, caller))
                .map(document ->
                        commands.changed(document.rowVersion(), new HoldResponse(document.id(), document.legalHold())));
        return commands.run(key, caller, "documents.hold", wish, command);
    }

    private Mono<Document> change(Document document, Wish wish, Caller caller) {
        return documents
                .save(document)
                .then(audit.add(AuditLog.Entry.ofDocument(
                        caller.principalKey(),
                        wish.hold() ? "document.held" : "document.released",
                        document.id(),
                        wish.reason())))
                .then(events.holdChanged(document))
                .thenReturn(document);
    }
}
