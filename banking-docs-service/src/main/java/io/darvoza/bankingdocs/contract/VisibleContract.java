package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who may know of a contract: its client, and employees by their role. To anybody else it does not exist. */
@Component
final class VisibleContract {

    /** Roles that see any contract. */
    private static final String[] ALL = {"abs_worker", "sm_manager", "bank_admin", "auditor"};

    private final CallerAccount callerAccount;

    VisibleContract(CallerAccount callerAccount) {
        this.callerAccount = callerAccount;
    }

    static boolean seesAll(Caller caller) {
        return caller.hasAny(ALL);
    }

    /** Lets the contract pass if the caller may know of it; else {@link CommonProblem#NOT_FOUND}. */
    Mono<Contract> of(Mono<Contract> contract, Caller caller) {
        Mono<Contract> visible = seesAll(caller)
                ? contract
                : callerAccount.of(caller).flatMap(own -> contract.filter(found -> found.ownerId() == own.id()));
        return visible.switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}
