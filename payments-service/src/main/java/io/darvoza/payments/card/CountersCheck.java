package io.darvoza.payments.card;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Compares the counters of cards with the reservations that they count (invariant I9): what is reserved, how many orders are
 * open, and what was posted in the day and month that a counter is at. {@code darvoza.payments.card.counters.wrong} is always 0.
 */
@Component
final class CountersCheck {

    private static final Logger log = LoggerFactory.getLogger(CountersCheck.class);

    private final DatabaseClient database;
    private final AtomicLong wrong = new AtomicLong();

    CountersCheck(DatabaseClient database, MeterRegistry meters) {
        this.database = database;
        Gauge.builder("darvoza.payments.card.counters.wrong", wrong, AtomicLong::get)
                .register(meters);
    }

    /** How many counters differ; one statement, so it sees one state of all of them. */
    Mono<Long> check() {
        return database.sql("""
                        select count(*) from card_counter t
                        cross join lateral (
                            select coalesce(sum(r.amount_minor), 0) reserved, count(*) open_orders
                            from card_reservation r
                            where r.card_id = t.card_id and r.direction = t.direction and r.state = 'open') o
                        cross join lateral (
                            select coalesce(sum(r.posted_minor) filter (where r.ended_at >= t.day_start), 0) day_minor,
                                   count(*) filter (where r.ended_at >= t.day_start) day_count,
                                   coalesce(sum(r.posted_minor), 0) month_minor
                            from card_reservation r
                            where r.card_id = t.card_id and r.direction = t.direction and r.state <> 'open'
                              and r.state = 'posted' and r.reversed_at is null and r.ended_at >= t.month_start) e
                        where t.reserved_minor <> o.reserved or t.open_orders <> o.open_orders
                           or t.day_minor <> e.day_minor or t.day_count <> e.day_count or t.month_minor <> e.month_minor
                        """).mapValue(Long.class).one().doOnNext(this::note);
    }

    private void note(long found) {
        wrong.set(found);
        if (found > 0) {
            log.error("{} counters of cards differ from their reservations", found);
        }
    }
}
