package io.darvoza.payments.partner;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What payers of a partner may move. */
@RestController
@Tag(name = "Administration: partners")
class LimitsController {

    private static final Set<String> KEYS = Set.of("client_id", "pan");

    private final Partners partners;
    private final DatabaseClient database;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    LimitsController(Partners partners, DatabaseClient database, AuditLog audit, TransactionalOperator transaction) {
        this.partners = partners;
        this.database = database;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * The bounds of one kind of payer; absent ones are none.
     *
     * @param payerKey by what payers are told apart: {@code client_id} or {@code pan}
     * @param identified whether they hold for identified persons, or for all others
     */
    @Schema(name = "PayerLimit")
    record LimitResponse(
            @Nullable String payerKey,
            @Nullable Boolean identified,
            @Schema(example = "15000.00") @Nullable String operation,
            @Schema(example = "40000.00") @Nullable String day,
            @Schema(example = "200000.00") @Nullable String month) {

        private static LimitResponse from(Readable row, Currency currency) {
            return new LimitResponse(
                    row.get("payer_key", String.class),
                    row.get("identified", Boolean.class),
                    text(row.get("operation_minor", Long.class), currency),
                    text(row.get("day_minor", Long.class), currency),
                    text(row.get("month_minor", Long.class), currency));
        }

        private static @Nullable String text(@Nullable Long minor, Currency currency) {
            return minor == null ? null : Amount.format(minor, currency);
        }
    }

    /** All bounds of a partner's payers: at most one entry for each kind. */
    @Schema(name = "PayerLimits")
    record LimitsResponse(@Nullable List<LimitResponse> limits) {}

    /** A limit in the terms of the table. */
    private record Row(
            String payerKey,
            boolean identified,
            @Nullable Long operation,
            @Nullable Long day,
            @Nullable Long month) {}

    @GetMapping("/v1/payments/admin/partners/{id}/limits")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    @Operation(operationId = "getPayerLimits", summary = "What payers of a partner may move")
    Mono<LimitsResponse> get(@PathVariable UUID id) {
        return found(id).flatMap(this::limits);
    }

    @PutMapping("/v1/payments/admin/partners/{id}/limits")
    @AllowedTo("payments_admin")
    @Operation(operationId = "setPayerLimits", summary = "Replace what payers of a partner may move")
    Mono<LimitsResponse> set(@PathVariable UUID id, @RequestBody LimitsResponse wanted, Caller caller) {
        return found(id).flatMap(partner -> replace(partner, rows(wanted, partner.currency()), caller.principalKey()));
    }

    private Mono<LimitsResponse> replace(Partner partner, List<Row> rows, String actor) {
        Mono<Void> written = database.sql("delete from partner_limit where partner_id = :partner")
                .bind("partner", partner.id())
                .then()
                .thenMany(Flux.fromIterable(rows).concatMap(row -> insert(partner, row)))
                .then();
        return lock(partner)
                .then(limits(partner))
                .flatMap(before -> written.then(limits(partner))
                        .flatMap(after -> audit.write(
                                        actor,
                                        "payer_limits_set",
                                        "partner",
                                        partner.id().toString(),
                                        before,
                                        after,
                                        null)
                                .thenReturn(after)))
                .as(transaction::transactional);
    }

    /** Two replacements at once come one after the other. */
    private Mono<Void> lock(Partner partner) {
        return database.sql("select 1 from partner where id = :partner for no key update")
                .bind("partner", partner.id())
                .then();
    }

    private Mono<Void> insert(Partner partner, Row row) {
        return database.sql("insert into partner_limit (partner_id, payer_key, identified, operation_minor, day_minor,"
                        + " month_minor) values (:partner, :key, :identified, :operation, :day, :month)")
                .bind("partner", partner.id())
                .bind("key", row.payerKey())
                .bind("identified", row.identified())
                .bind("operation", SqlValue.of(Long.class, row.operation()))
                .bind("day", SqlValue.of(Long.class, row.day()))
                .bind("month", SqlValue.of(Long.class, row.month()))
                .then();
    }

    private static List<Row> rows(LimitsResponse wanted, Currency currency) {
        RequestCheck check = new RequestCheck();
        List<LimitResponse> limits = wanted.limits() == null ? List.of() : wanted.limits();
        check.require(wanted.limits() != null, "/limits", "is required");
        Set<String> seen = new HashSet<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < limits.size() && i <= 2 * KEYS.size(); i++) {
            LimitResponse limit = limits.get(i);
            String at = "/limits/" + i;
            String key = limit.payerKey() == null ? "" : limit.payerKey();
            check.require(KEYS.contains(key), at + "/payer_key", "client_id or pan");
            check.require(limit.identified() != null, at + "/identified", "is required");
            check.require(seen.add(key + limit.identified()), at, "stands twice");
            rows.add(new Row(
                    key,
                    Boolean.TRUE.equals(limit.identified()),
                    check.optionalAmount(at + "/operation", limit.operation(), currency, 1),
                    check.optionalAmount(at + "/day", limit.day(), currency, 1),
                    check.optionalAmount(at + "/month", limit.month(), currency, 1)));
        }
        check.done();
        return rows;
    }

    private Mono<LimitsResponse> limits(Partner partner) {
        return database.sql("select * from partner_limit where partner_id = :partner order by payer_key, identified")
                .bind("partner", partner.id())
                .map(row -> LimitResponse.from(row, partner.currency()))
                .all()
                .collectList()
                .map(LimitsResponse::new);
    }

    private Mono<Partner> found(UUID id) {
        return partners.find(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}
