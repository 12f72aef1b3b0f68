package io.darvoza.payments.order;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.payments.order.model.Command;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the clock does to orders: T5 when their time is over, T8 when a lease is, T14 when they wait too long. Runs on every
 * instance; of two that find the same order, the second finds it moved and leaves it.
 */
@Component
class OrderSweep {

    private static final Logger log = LoggerFactory.getLogger(OrderSweep.class);
    private static final Duration BOUND = Duration.ofMinutes(5);

    static final String EXPIRED = "select uid from payment_order where status = 'new' and closes_at <= :now"
            + " order by closes_at limit :batch";
    static final String LEASES = "select uid from payment_order where status = 'processing'"
            + " and lease_until <= :now order by lease_until limit :batch";
    static final String WAITING = "select uid from payment_order where status = 'processing'"
            + " and held_at is null and escalate_at <= :now order by escalate_at limit :batch";

    private final DatabaseClient database;
    private final CommandOrder command;
    private final OrderProperties properties;
    private final Clock clock;

    OrderSweep(DatabaseClient database, CommandOrder command, OrderProperties properties, Clock clock) {
        this.database = database;
        this.command = command;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.orders.sweep-every:1s}")
    void run() {
        try {
            Await.within(sweep().then(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("Not every order was swept, the next try is near: {}", fault.toString());
        }
    }

    /** How many orders moved. */
    Mono<Long> sweep() {
        return Flux.concat(
                        all(EXPIRED, new Command.Expire()),
                        all(LEASES, new Command.EndLease()),
                        all(WAITING, new Command.Escalate()))
                .count();
    }

    private Flux<UUID> all(String due, Command order) {
        return database.sql(due)
                .bind("now", clock.instant())
                .bind("batch", properties.sweepBatch())
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(uid -> command.handle(CommandOrder.Call.of(uid, Actors.CLOCK, order))
                        .onErrorResume(fault -> left(uid, fault))
                        .map(_ -> uid));
    }

    /** Somebody was faster, or this one is broken: the others must not wait for it. */
    private static <T> Mono<T> left(UUID uid, Throwable fault) {
        if (!(fault instanceof ProblemException)) {
            log.warn("order {} could not be swept: {}", uid.toString().substring(0, 8), fault.toString());
        }
        return Mono.empty();
    }
}
