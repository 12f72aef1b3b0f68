package io.darvoza.common.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What operators see of the outbox: {@code darvoza.outbox.unsent} and {@code darvoza.outbox.oldest} (on every instance, at most
 * five seconds old, not a number while the database is away), {@code darvoza.outbox.leader}, {@code darvoza.outbox.sent} and
 * {@code darvoza.outbox.refused}.
 */
final class OutboxMeters {

    private static final Duration OBSERVE_EVERY = Duration.ofSeconds(5);
    private static final OutboxTable.Backlog UNKNOWN = new OutboxTable.Backlog(Double.NaN, Double.NaN);

    private final Counter sent;
    private final Counter refused;
    private volatile OutboxTable.Backlog backlog = UNKNOWN;
    private volatile boolean leader;
    private long observedAt = System.nanoTime() - OBSERVE_EVERY.toNanos();

    OutboxMeters(MeterRegistry meters) {
        sent = meters.counter("darvoza.outbox.sent");
        refused = meters.counter("darvoza.outbox.refused");
        Gauge.builder("darvoza.outbox.unsent", () -> backlog.events()).register(meters);
        TimeGauge.builder("darvoza.outbox.oldest", () -> backlog.oldestSeconds(), TimeUnit.SECONDS)
                .register(meters);
        Gauge.builder("darvoza.outbox.leader", () -> leader ? 1 : 0).register(meters);
    }

    void observe(OutboxTable table) throws SQLException {
        long now = System.nanoTime();
        if (now - observedAt >= OBSERVE_EVERY.toNanos()) {
            backlog = table.backlog();
            observedAt = now;
        }
    }

    void lost() {
        backlog = UNKNOWN;
    }

    void sent(int events) {
        sent.increment(events);
    }

    void refused() {
        refused.increment();
    }

    void lead(boolean leads) {
        leader = leads;
    }

    boolean isLeader() {
        return leader;
    }
}
