package io.darvoza.payments.ledger;

import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.ledger.model.Line;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Ledger} by the functions of the second migration: one round trip per transaction. */
@Component
final class R2dbcLedger implements Ledger {

    static final String STATEMENT = """
            select e.id, e.at, t.kind, o.uid, o.external_id,
                   case e.side when 'C' then e.amount else -e.amount end change, e.balance_after
            from ledger_entry e
            join ledger_tx t on t.id = e.tx_id
            left join payment_order o on o.id = t.order_id
            where e.account_id = (select id from ledger_account
                    where kind = 'available' and owner_id = :partner and currency = :currency)
              and e.at >= :from and e.at < :until and (e.at, e.id) > (:afterAt, :afterId)
            order by e.at, e.id limit :limit
            """;

    private static final String OVERDRAWN = "ledger_balance_not_negative";

    private final DatabaseClient database;
    private final TimeOrderedIds ids;
    private final Clock clock;

    R2dbcLedger(DatabaseClient database, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> post(Posting posting, Currency currency, String actor) {
        var lines = posting.lines();
        return database.sql("""
                        select ledger_post(:id, :order, :kind, null, :currency, :actor, null, :at,
                                           :kinds, :owners, :sides, :amounts)
                        """)
                .bind("id", ids.next())
                .bind("order", SqlValue.of(UUID.class, posting.orderId()))
                .bind("kind", posting.kind().word())
                .bind("currency", currency.name())
                .bind("actor", actor)
                .bind("at", clock.instant())
                .bind("kinds", lines.stream().map(line -> line.account().word()).toArray(String[]::new))
                .bind("owners", lines.stream().map(Line::owner).toArray(UUID[]::new))
                .bind("sides", lines.stream().map(line -> line.side().word()).toArray(String[]::new))
                .bind("amounts", lines.stream().map(Line::amount).toArray(Long[]::new))
                .then()
                .onErrorMap(R2dbcLedger::isOverdraft, R2dbcLedger::insufficient);
    }

    @Override
    public Mono<Void> reverse(UUID orderId, String actor, boolean mayOwe) {
        return database.sql("select ledger_reverse(:id, :order, :actor, null, :at, :mayOwe)")
                .bind("id", ids.next())
                .bind("order", orderId)
                .bind("actor", actor)
                .bind("at", clock.instant())
                .bind("mayOwe", mayOwe)
                .then()
                .onErrorMap(R2dbcLedger::isOverdraft, R2dbcLedger::insufficient);
    }

    @Override
    public Mono<PartnerBalance> balanceOf(UUID partner, Currency currency) {
        return database.sql("""
                        select coalesce(max(b.balance) filter (where a.kind = 'available'), 0) available,
                               coalesce(max(b.balance) filter (where a.kind = 'held'), 0) held,
                               coalesce(max(b.balance) filter (where a.kind = 'receivable'), 0) receivable
                        from ledger_account a join ledger_balance b on b.account_id = a.id
                        where a.kind in ('available', 'held', 'receivable')
                          and a.owner_id = :partner and a.currency = :currency
                        """)
                .bind("partner", partner)
                .bind("currency", currency.name())
                .map(row ->
                        new PartnerBalance(number(row, "available"), number(row, "held"), number(row, "receivable")))
                .one();
    }

    @Override
    public Flux<StatementLine> statement(UUID partner, Currency currency, StatementRange range) {
        return database.sql(STATEMENT)
                .bind("partner", partner)
                .bind("currency", currency.name())
                .bind("from", range.from())
                .bind("until", range.until())
                .bind("afterAt", range.afterAt())
                .bind("afterId", range.afterId())
                .bind("limit", range.limit())
                .map(R2dbcLedger::line)
                .all();
    }

    private static StatementLine line(Readable row) {
        return new StatementLine(
                number(row, "id"),
                Objects.requireNonNull(row.get("at", Instant.class)),
                Objects.requireNonNull(row.get("kind", String.class)),
                row.get("uid", UUID.class),
                row.get("external_id", String.class),
                number(row, "change"),
                number(row, "balance_after"));
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    private static boolean isOverdraft(Throwable fault) {
        return Constraints.broken(OVERDRAWN, fault);
    }

    private static Throwable insufficient(Throwable fault) {
        return PaymentsProblem.INSUFFICIENT_BALANCE.exception().causedBy(fault);
    }
}
