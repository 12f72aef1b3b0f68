package io.darvoza.payments.order;

import io.darvoza.common.reactive.Await;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.SubStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many orders there are of each status, and how old the oldest is: {@code payments_orders_open} and
 * {@code payments_orders_oldest_seconds} of those that are not over, {@code payments_orders_ended_last_hour} of the others. What
 * it reads grows with the open orders and those of an hour, not with all.
 */
@Component
class OrderGauges {

    private static final Logger log = LoggerFactory.getLogger(OrderGauges.class);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final List<String> OPEN = Stream.concat(
                    Stream.of(OrderStatus.NEW.word()),
                    Stream.of(SubStatus.values()).map(SubStatus::word))
            .toList();

    private static final List<String> ENDED = Stream.of(OrderStatus.values())
            .filter(OrderStatus::isTerminal)
            .map(OrderStatus::word)
            .toList();

    private final DatabaseClient database;
    private volatile Map<String, Seen> seen = Map.of();

    OrderGauges(DatabaseClient database, MeterRegistry meters) {
        this.database = database;
        for (String status : OPEN) {
            Gauge.builder("payments.orders.open", () -> of(status).orders())
                    .tag("status", status)
                    .register(meters);
            Gauge.builder("payments.orders.oldest", () -> of(status).oldestSeconds())
                    .tag("status", status)
                    .baseUnit("seconds")
                    .register(meters);
        }
        for (String status : ENDED) {
            Gauge.builder("payments.orders.ended.last.hour", () -> of(status).orders())
                    .tag("status", status)
                    .register(meters);
        }
    }

    private record Seen(String status, long orders, double oldestSeconds) {

        private static Seen from(Readable row) {
            return new Seen(
                    Objects.requireNonNull(row.get("status", String.class)),
                    Objects.requireNonNull(row.get("orders", Long.class)),
                    orNothing(row.get("oldest", Double.class)));
        }

        private static double orNothing(@Nullable Double seconds) {
            return seconds == null ? 0 : Math.max(0, seconds);
        }
    }

    private Seen of(String status) {
        return seen.getOrDefault(status, new Seen(status, 0, 0));
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.orders.gauges-every:15s}")
    void run() {
        try {
            Await.within(look(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The orders could not be counted: {}", fault.toString());
        }
    }

    Mono<Void> look() {
        return database.sql("""
                        select 'new' status, count(*) orders,
                               cast(extract(epoch from now() - min(created_at)) as double precision) oldest
                        from payment_order where status = 'new'
                        union all
                        select sub_status, count(*),
                               cast(extract(epoch from now() - min(processing_at)) as double precision)
                        from payment_order where status = 'processing' group by 1
                        union all
                        select status, count(*), null from payment_order
                        where performed and performed_at > now() - interval '1 hour' group by 1
                        """)
                .map(Seen::from)
                .all()
                .collect(HashMap<String, Seen>::new, (all, one) -> all.put(one.status(), one))
                .doOnNext(all -> seen = Map.copyOf(all))
                .then();
    }
}
