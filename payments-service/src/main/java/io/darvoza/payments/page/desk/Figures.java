package io.darvoza.payments.page.desk;

import io.darvoza.payments.PaymentsProperties;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Figures of the desk that no operation has: by partner, by person, by age, by day. */
@Component
final class Figures {

    private static final Duration DAY = Duration.ofHours(24);
    private static final int DAYS = 7;
    private static final int MOST = 50;

    private final DatabaseClient database;
    private final ZoneId zone;
    private final Clock clock;

    Figures(DatabaseClient database, PaymentsProperties properties, Clock clock) {
        this.database = database;
        this.zone = properties.zone();
        this.clock = clock;
    }

    /**
     * Decisions of the last 24 hours under one name.
     *
     * @param share of the approved among the decided, 0 to 1
     * @param median seconds from the payer's confirmation to the decision
     */
    public record Decided(
            String name,
            long approved,
            long refused,
            double share,
            @Nullable Double median) {}

    /** How many wait at the desk, by how long they have: under 5, 10, 20 minutes, and more. */
    public record Ages(long fresh, long five, long ten, long late) {

        public long getMost() {
            return Math.max(1, Math.max(Math.max(fresh, five), Math.max(ten, late)));
        }
    }

    /** What a day brought. */
    public record Day(LocalDate day, String currency, long orders, String commission) {}

    Mono<Map<String, Object>> read() {
        return Mono.zip(decided("partner_client"), decided("decided_by"), ages(), days())
                .map(found -> Map.of(
                        "partners", found.getT1(),
                        "operators", found.getT2(),
                        "ages", found.getT3(),
                        "days", found.getT4()));
    }

    private Mono<List<Decided>> decided(String column) {
        return database.sql("""
            select %1$s as name, count(*) filter (where status = 'approved') approved,
                   count(*) filter (where status <> 'approved') refused,
                   percentile_cont(0.5) within group (order by extract(epoch from performed_at - processing_at))
                       median
            from payment_order
            where performed and performed_at >= :since and status in ('approved', 'failed', 'rejected')
                and %1$s is not null
            group by 1 order by count(*) desc, 1 limit %2$d
            """.formatted(column, MOST))
                .bind("since", clock.instant().minus(DAY))
                .map(row -> {
                    long approved = number(row, "approved");
                    long refused = number(row, "refused");
                    return new Decided(
                            Objects.requireNonNull(row.get("name", String.class)),
                            approved,
                            refused,
                            (double) approved / (approved + refused),
                            row.get("median", Double.class));
                })
                .all()
                .collectList();
    }

    private Mono<Ages> ages() {
        return database.sql("""
            select count(*) filter (where waits < interval '5 min') fresh,
                   count(*) filter (where waits >= interval '5 min' and waits < interval '10 min') five,
                   count(*) filter (where waits >= interval '10 min' and waits < interval '20 min') ten,
                   count(*) filter (where waits >= interval '20 min') late
            from (select cast(:now as timestamptz) - processing_at waits from payment_order
                  where status = 'processing' and held_at is null) waiting
            """)
                .bind("now", clock.instant())
                .map(row ->
                        new Ages(number(row, "fresh"), number(row, "five"), number(row, "ten"), number(row, "late")))
                .one();
    }

    private Mono<List<Day>> days() {
        return database.sql("""
            select cast(performed_at at time zone :zone as date) as day, currency, count(*) orders,
                   cast(sum(actual_fee) as bigint) commission
            from payment_order
            where performed and performed_at >= :since and status = 'approved' and reversed_at is null
            group by 1, 2 order by 1 desc, 2
            """)
                .bind("zone", zone.getId())
                .bind(
                        "since",
                        LocalDate.ofInstant(clock.instant(), zone)
                                .minusDays(DAYS - 1)
                                .atStartOfDay(zone)
                                .toInstant())
                .map(row -> {
                    String currency = Objects.requireNonNull(row.get("currency", String.class));
                    return new Day(
                            Objects.requireNonNull(row.get("day", LocalDate.class)),
                            currency,
                            number(row, "orders"),
                            Amount.format(number(row, "commission"), Currency.valueOf(currency)));
                })
                .all()
                .collectList();
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}
