package io.darvoza.bankingdocs.account;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells callers who they are here. */
@RestController
@Tag(name = "ДБО")
class AccountController {

    private final CallerAccount callerAccount;

    AccountController(CallerAccount callerAccount) {
        this.callerAccount = callerAccount;
    }

    @GetMapping("/v1/dbo/users/me")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "getOwnAccount",
            summary = "The caller's numbers",
            description = "The account appears at the first request. Employees have a worker_id as well.")
    Mono<AccountResponse> me(Caller caller) {
        return callerAccount.of(caller).map(AccountResponse::from);
    }
}
