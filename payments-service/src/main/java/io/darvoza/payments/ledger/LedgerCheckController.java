package io.darvoza.payments.ledger;

import io.darvoza.common.security.AllowedTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Checks the ledger when asked. */
@RestController
@Tag(name = "Администрирование")
class LedgerCheckController {

    private final LedgerCheck check;

    LedgerCheckController(LedgerCheck check) {
        this.check = check;
    }

    /** Whether all money is where it should be. */
    @Schema(name = "LedgerCheck")
    record LedgerCheckResponse(boolean balanced, long violations, Instant checkedAt, List<InvariantItem> invariants) {}

    @Schema(name = "LedgerInvariant")
    record InvariantItem(String code, String rule, long violations) {}

    @GetMapping("/v1/payments/admin/ledger/check")
    @AllowedTo({"payments_admin", "auditor"})
    @Operation(operationId = "checkLedger", summary = "Check the invariants of the whole ledger now")
    Mono<LedgerCheckResponse> now() {
        return check.whole()
                .map(result -> new LedgerCheckResponse(
                        result.violations() == 0,
                        result.violations(),
                        result.checkedAt(),
                        result.findings().stream()
                                .map(finding -> new InvariantItem(finding.code(), finding.rule(), finding.violations()))
                                .toList()));
    }
}
