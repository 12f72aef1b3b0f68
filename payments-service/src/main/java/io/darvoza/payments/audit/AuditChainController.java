package io.darvoza.payments.audit;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Checks the hash chain when asked. */
@RestController
@Tag(name = "Administration: audit")
class AuditChainController {

    /** A part that is answered within seconds; the next call goes on behind it. */
    private static final long MOST = 100_000;

    private final AuditChain chain;

    AuditChainController(AuditChain chain) {
        this.chain = chain;
    }

    /**
     * Whether audit entries and ledger transactions are what they were when they were written.
     *
     * @param checkedTo last position that was looked at; the chain's end unless there was too much for one answer
     * @param firstWrong the first place that was changed or removed
     * @param head the end of the chain, whose hash stands for everything before it
     * @param waiting rows that will join the chain in a moment
     */
    @Schema(name = "AuditChainCheck")
    record CheckResponse(
            boolean whole,
            String checkedFrom,
            String checkedTo,
            @Nullable String firstWrong,
            String head,
            String headHash,
            long waiting) {}

    @GetMapping("/v1/payments/admin/audit/chain")
    @AllowedTo({"payments_admin", "payments_compliance", "auditor"})
    @Operation(
            operationId = "checkAuditChain",
            summary = "Check the hash chain over audit and ledger",
            description = "Looks at 100 000 positions at most; go on behind checked_to until it is head.")
    Mono<CheckResponse> check(
            @Parameter(description = "First position to look at; 1 when absent")
                    @RequestParam(required = false)
                    @Nullable
                    Long from) {
        long first = from == null ? 1 : from;
        if (first < 1) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/from", "1 or more");
        }
        return chain.head().flatMap(head -> chain.check(first, MOST).map(found -> answer(head, found)));
    }

    private static CheckResponse answer(AuditChain.Head head, AuditChain.Finding found) {
        Long wrong = found.firstWrong();
        return new CheckResponse(
                found.whole(),
                Long.toString(found.from()),
                Long.toString(found.to()),
                wrong == null ? null : wrong.toString(),
                Long.toString(head.position()),
                head.hash(),
                head.waiting());
    }
}
