package io.darvoza.payments.vault;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Beginnings of card numbers that nothing is paid out to. */
@RestController
@Tag(name = "Administration: compliance")
class BlockedBinController {

    private static final int MAX_REASON = 500;

    private final DatabaseClient database;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final Clock clock;

    BlockedBinController(DatabaseClient database, AuditLog audit, TransactionalOperator transaction, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Why nothing is paid to such cards. */
    @Schema(name = "BinBlock")
    record BlockRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 500) @Nullable
            String reason) {}

    /** A blocked beginning of six to eight digits. */
    @Schema(name = "BlockedBin")
    record BlockedBin(@Schema(example = "220000") String bin, String reason, Instant createdAt) {

        private static BlockedBin from(Readable row) {
            return new BlockedBin(
                    Objects.requireNonNull(row.get("bin", String.class)),
                    Objects.requireNonNull(row.get("reason", String.class)),
                    Objects.requireNonNull(row.get("created_at", Instant.class)));
        }
    }

    /** All blocked beginnings. */
    @Schema(name = "BlockedBins")
    record BlockedBinsResponse(List<BlockedBin> bins) {}

    @GetMapping("/v1/payments/admin/blocked-bins")
    @AllowedTo({"payments_compliance", "payments_admin", "payments_supervisor", "auditor"})
    @Operation(operationId = "listBlockedBins", summary = "Beginnings of card numbers that nothing is paid out to")
    Mono<BlockedBinsResponse> list() {
        return database.sql("select * from blocked_bin order by bin")
                .map(BlockedBin::from)
                .all()
                .collectList()
                .map(BlockedBinsResponse::new);
    }

    @PutMapping("/v1/payments/admin/blocked-bins/{bin}")
    @AllowedTo({"payments_compliance", "payments_admin"})
    @Operation(operationId = "blockBin", summary = "Pay out to no card whose number begins so; open orders stay")
    Mono<BlockedBin> block(@PathVariable String bin, @RequestBody BlockRequest request, Caller caller) {
        RequestCheck check = new RequestCheck();
        check.require(isBin(bin), "/bin", "6 to 8 digits");
        String reason = check.text("/reason", request.reason(), MAX_REASON);
        check.done();
        return database.sql("""
                        insert into blocked_bin (bin, reason, created_at) values (:bin, :reason, :now)
                        on conflict (bin) do update set reason = excluded.reason returning *
                        """)
                .bind("bin", bin)
                .bind("reason", reason)
                .bind("now", clock.instant())
                .map(BlockedBin::from)
                .one()
                .delayUntil(after -> audit.write(caller.principalKey(), "bin_blocked", "bin", bin, null, after, null))
                .as(transaction::transactional);
    }

    @DeleteMapping("/v1/payments/admin/blocked-bins/{bin}")
    @AllowedTo({"payments_compliance", "payments_admin"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unblockBin", summary = "Pay out to such cards again")
    Mono<Void> unblock(@PathVariable String bin, Caller caller) {
        return database.sql("delete from blocked_bin where bin = :bin returning *")
                .bind("bin", bin)
                .map(BlockedBin::from)
                .one()
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(before -> audit.write(caller.principalKey(), "bin_unblocked", "bin", bin, before, null, null))
                .as(transaction::transactional);
    }

    private static boolean isBin(String text) {
        return text.length() >= 6 && text.length() <= 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
