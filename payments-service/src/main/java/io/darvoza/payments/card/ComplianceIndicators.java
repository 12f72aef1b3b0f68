package io.darvoza.payments.card;

import io.darvoza.common.id.TimeOrderedIds;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what moved on a person's card with the Bank of Russia's indicators and opens a case for each that is exceeded. A case
 * that was closed is not opened again for the same day or month: people have looked at it.
 */
@Component
final class ComplianceIndicators {

    private static final int MINOR = 100;

    private final DatabaseClient database;
    private final MonitorProperties properties;
    private final TimeOrderedIds ids;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Clock clock;

    ComplianceIndicators(
            DatabaseClient database,
            MonitorProperties properties,
            TimeOrderedIds ids,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.properties = properties;
        this.ids = ids;
        this.json = json;
        this.meters = meters;
        this.clock = clock;
    }

    /** What moved in the running day and month. */
    private record Moved(
            String day,
            String month,
            boolean inRubles,
            long dayCounterparties,
            long monthCounterparties,
            long dayOperations,
            long dayMinor,
            long monthMinor) {

        static Moved from(Readable row) {
            return new Moved(
                    Objects.requireNonNull(row.get("day", String.class)),
                    Objects.requireNonNull(row.get("month", String.class)),
                    Objects.requireNonNull(row.get("in_rubles", Boolean.class)),
                    number(row, "day_counterparties"),
                    number(row, "month_counterparties"),
                    number(row, "day_operations"),
                    number(row, "day_minor"),
                    number(row, "month_minor"));
        }

        private static long number(Readable row, String column) {
            return Objects.requireNonNull(row.get(column, Long.class));
        }
    }

    /** An indicator that is exceeded, in one period. */
    private record Exceeded(String indicator, String period, long bound, long found) {}

    /** Opens what is called for; tells whether there was anything new. */
    Mono<Boolean> openCases(UUID cardId) {
        return movedOn(cardId)
                .flatMapIterable(this::exceeded)
                .concatMap(one -> open(cardId, one))
                .filter(Boolean::booleanValue)
                .count()
                .map(opened -> opened > 0);
    }

    /** Empty for a card that is no person's. */
    private Mono<Moved> movedOn(UUID cardId) {
        return database.sql("""
                        select to_char(p.day at time zone c.zone, 'YYYY-MM-DD') as day,
                               to_char(p.month at time zone c.zone, 'YYYY-MM') as month,
                               c.currency = 'RUB' as in_rubles,
                               count(distinct r.counterparty) filter (where r.ended_at >= p.day) as day_counterparties,
                               count(distinct r.counterparty) as month_counterparties,
                               count(r.order_id) filter (where r.ended_at >= p.day) as day_operations,
                               coalesce(sum(r.posted_minor) filter (where r.ended_at >= p.day), 0)::bigint as day_minor,
                               coalesce(sum(r.posted_minor), 0)::bigint as month_minor
                        from card c cross join lateral (%s) p
                        left join card_reservation r
                            on r.card_id = c.id and r.state = 'posted' and r.state <> 'open' and r.ended_at >= p.month
                        where c.id = :card and c.holder_kind = 'person'
                        group by c.id, p.day, p.month
                        """.formatted(Periods.OF_CARD))
                .bind("now", clock.instant())
                .bind("card", cardId)
                .map(Moved::from)
                .one();
    }

    private List<Exceeded> exceeded(Moved moved) {
        MonitorProperties.Indicators bounds = properties.indicators();
        List<Exceeded> found = new ArrayList<>();
        add(found, "counterparties_per_day", moved.day(), bounds.counterpartiesPerDay(), moved.dayCounterparties());
        add(
                found,
                "counterparties_per_month",
                moved.month(),
                bounds.counterpartiesPerMonth(),
                moved.monthCounterparties());
        add(found, "operations_per_day", moved.day(), bounds.operationsPerDay(), moved.dayOperations());
        if (moved.inRubles()) {
            add(found, "turnover_per_day", moved.day(), bounds.rublesPerDay() * MINOR, moved.dayMinor());
            add(found, "turnover_per_month", moved.month(), bounds.rublesPerMonth() * MINOR, moved.monthMinor());
        }
        return found;
    }

    private static void add(List<Exceeded> found, String indicator, String period, long bound, long value) {
        if (value > bound) {
            found.add(new Exceeded(indicator, period, bound, value));
        }
    }

    private Mono<Boolean> open(UUID cardId, Exceeded one) {
        return database.sql("""
                        insert into compliance_case (id, card_id, indicator, details, status, opened_at)
                        select :id, :card, :indicator, cast(:details as jsonb), 'open', :now
                        where not exists (select from compliance_case
                            where card_id = :card and indicator = :indicator and details->>'period' = :period)
                        on conflict do nothing
                        """)
                .bind("id", ids.next())
                .bind("card", cardId)
                .bind("indicator", one.indicator())
                .bind("details", json.writeValueAsString(details(one)))
                .bind("period", one.period())
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> counted(rows == 1, one));
    }

    private boolean counted(boolean opened, Exceeded one) {
        if (opened) {
            meters.counter("darvoza.payments.compliance.cases", "indicator", one.indicator())
                    .increment();
        }
        return opened;
    }

    private static Map<String, Object> details(Exceeded one) {
        return Map.of("period", one.period(), "bound", one.bound(), "found", one.found());
    }
}
