package io.darvoza.payments.webhook;

import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How far callbacks are behind: {@code payments_webhook_pending} is how many wait, {@code payments_webhook_lag_seconds} for how
 * long the first of those that could be sent is due, {@code payments_webhook_oldest_seconds} how old the oldest pending one is,
 * whatever it waits for.
 */
@Component
class WebhookGauges {

    private static final Logger log = LoggerFactory.getLogger(WebhookGauges.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final DatabaseClient database;
    private final Clock clock;
    private volatile Seen seen = new Seen(0, 0, 0);

    WebhookGauges(DatabaseClient database, MeterRegistry meters, Clock clock) {
        this.database = database;
        this.clock = clock;
        Gauge.builder("payments.webhook.pending", () -> seen.pending()).register(meters);
        Gauge.builder("payments.webhook.lag", () -> seen.lagSeconds())
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("payments.webhook.oldest", () -> seen.oldestSeconds())
                .baseUnit("seconds")
                .register(meters);
    }

    private record Seen(long pending, double lagSeconds, double oldestSeconds) {}

    @Scheduled(fixedDelayString = "${darvoza.payments.webhooks.gauges-every:15s}")
    void run() {
        try {
            Await.within(look(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("Pending callbacks could not be counted: {}", fault.toString());
        }
    }

    Mono<Void> look() {
        return database.sql("""
                        select count(*) pending, seconds_since(min(d.created_at), :now) oldest,
                               seconds_since(min(d.next_attempt_at) filter (where e.status = 'active'
                                   and (d.lease_until is null or d.lease_until <= :now)), :now) lag
                        from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id where d.state = 'pending'
                        """)
                .bind("now", clock.instant())
                .map(row -> new Seen(
                        Objects.requireNonNull(row.get("pending", Long.class)),
                        Objects.requireNonNull(row.get("lag", Double.class)),
                        Objects.requireNonNull(row.get("oldest", Double.class))))
                .one()
                .doOnNext(now -> seen = now)
                .then();
    }
}
