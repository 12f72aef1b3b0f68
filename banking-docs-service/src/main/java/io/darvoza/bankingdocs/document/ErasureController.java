package io.darvoza.bankingdocs.document;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Erases clients who ask for it. */
@RestController
@Tag(name = "ДБО")
class ErasureController {

    private final EraseClient erase;
    private final TransactionalOperator transaction;

    ErasureController(EraseClient erase, TransactionalOperator transaction) {
        this.erase = erase;
        this.transaction = transaction;
    }

    /** Why: whose request it is, and of when. */
    @Schema(name = "ErasureReason")
    record ErasureRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Reasons.MAX_LENGTH) @Nullable
            String reason) {}

    @PostMapping("/v1/dbo/users/{userId}/erasure")
    @AllowedTo("bank_admin")
    @Operation(
            operationId = "eraseClient",
            summary = "Erase a client's profile and documents",
            description =
                    "Documents under legal hold, linked, in process or within their time of retention stay, and are"
                            + " named. May be sent again when their time is over.")
    Mono<EraseClient.Erasure> erase(@PathVariable long userId, @RequestBody ErasureRequest request, Caller caller) {
        return erase.handle(userId, Reasons.required(request.reason()), caller.principalKey())
                .as(transaction::transactional);
    }
}
