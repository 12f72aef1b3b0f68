package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.ContractStatus;
import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Statuses as requests and refusals say them. */
final class ContractWords {

    private ContractWords() {}

    /** The status of a word, null for none; else {@link CommonProblem#VALIDATION_FAILED}. */
    static @Nullable ContractStatus status(@Nullable String word) {
        return word == null
                ? null
                : ContractStatus.ofWord(word)
                        .orElseThrow(() -> CommonProblem.VALIDATION_FAILED
                                .exception()
                                .error("/status", "draft, active, closed or archived"));
    }

    static ProblemException conflict(Contract contract) {
        ContractStatus current = contract.status();
        return BankingDocsProblem.CONTRACT_STATUS_CONFLICT
                .exception(current.word())
                .with("current_status", current.word())
                .with(
                        "allowed",
                        current.next().stream().map(ContractStatus::word).toList());
    }

    static ProblemException conflict(LinkStatus current) {
        return BankingDocsProblem.LINK_STATUS_CONFLICT
                .exception(current.word())
                .with("current_status", current.word())
                .with("allowed", current.next().stream().map(LinkStatus::word).toList());
    }
}
