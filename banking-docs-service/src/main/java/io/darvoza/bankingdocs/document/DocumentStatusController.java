package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes employees' decisions about documents. */
@RestController
@Tag(name = "АБС")
class DocumentStatusController {

    private final ChangeDocumentStatus change;
    private final CallerAccount callerAccount;
    private final Accounts accounts;
    private final OptionalIdempotency commands;

    DocumentStatusController(
            ChangeDocumentStatus change, CallerAccount callerAccount, Accounts accounts, OptionalIdempotency commands) {
        this.change = change;
        this.callerAccount = callerAccount;
        this.accounts = accounts;
        this.commands = commands;
    }

    /**
     * The wanted status.
     *
     * @param workerId whose decision it is: the caller's own number, or absent; an administrator may name another employee
     * @param reason why, for the history, which the client reads
     */
    @Schema(name = "DocumentStatusChange")
    record StatusRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"approved", "rejected", "processed", "archived"})
            String status,

            @Nullable Long workerId,

            @Schema(maxLength = Reasons.MAX_LENGTH) @Nullable
            String reason) {

        private DocumentStatus target() {
            return DocumentStatus.ofWord(String.valueOf(status)).orElseThrow(StatusRequest::unknownStatus);
        }

        private static ProblemException unknownStatus() {
            return CommonProblem.VALIDATION_FAILED
                    .exception()
                    .error("/status", "approved, rejected, processed or archived");
        }
    }

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long documentId,
            StatusRequest request,
            @Nullable Long version) {}

    /**
     * The status that a document has now.
     *
     * @param updatedBy number of the employee whose decision it is
     */
    @Schema(name = "DocumentStatusChanged")
    record StatusResponse(long documentId, String newStatus, long updatedBy) {}

    @PutMapping("/v1/abs/documents/{id}/status")
    @AllowedTo({"abs_worker", "bank_admin"})
    @Operation(
            operationId = "changeDocumentStatus",
            summary = "Decide on a document",
            description = "pending → approved or rejected, approved → processed, processed → archived."
                    + " If-Match and Idempotency-Key are honoured when sent.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed; ETag is the new version of the row",
            content = @Content(schema = @Schema(implementation = StatusResponse.class)))
    Mono<ResponseEntity<String>> change(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody StatusRequest request,
            Caller caller) {
        DocumentStatus target = request.target();
        String reason = Reasons.optional(request.reason());
        Long version = VersionTag.wanted(ifMatch);
        Mono<Answer> command = worker(request.workerId(), caller)
                .flatMap(worker -> change.handle(new ChangeDocumentStatus.Decision(
                        id, target, worker.id(), caller.principalKey(), reason, version)))
                .map(this::answer);
        return commands.run(key, caller, "documents.status", new Wish(id, request, version), command);
    }

    private Answer answer(Document document) {
        return commands.changed(
                document.rowVersion(),
                new StatusResponse(document.id(), document.status().word(), documentWorker(document)));
    }

    private static long documentWorker(Document document) {
        Long worker = document.workerId();
        if (worker == null) {
            throw new IllegalStateException("a decision of an employee has an employee");
        }
        return worker;
    }

    private Mono<Account> worker(@Nullable Long named, Caller caller) {
        return callerAccount.of(caller).flatMap(own -> {
            if (named == null || named == own.id()) {
                return Mono.just(own);
            }
            return caller.has("bank_admin")
                    ? employee(named)
                    : Mono.error(BankingDocsProblem.WORKER_NOT_ALLOWED.exception());
        });
    }

    private Mono<Account> employee(long id) {
        return accounts.withId(id)
                .filter(Account::isEmployee)
                .switchIfEmpty(Mono.error(BankingDocsProblem.UNKNOWN_WORKER::exception));
    }
}
