package io.darvoza.payments.order;

import io.darvoza.common.reactive.Detached;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Clock;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Hands the oldest order in the queue to whoever asks; two who ask at once get two orders. */
@Service
final class NextOrder {

    static final String OLDEST = """
            select uid from payment_order
            where status = 'processing' and sub_status = 'queued'
              and (assigned_to is null or lease_until <= :now)
            order by processing_at, id limit 1 for update skip locked
            """;

    private final DatabaseClient database;
    private final CommandOrder command;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final OrderProperties properties;
    private final Clock clock;

    NextOrder(
            DatabaseClient database,
            CommandOrder command,
            TransactionalOperator transaction,
            Detached detached,
            OrderProperties properties,
            Clock clock) {
        this.database = database;
        this.command = command;
        this.transaction = transaction;
        this.detached = detached;
        this.properties = properties;
        this.clock = clock;
    }

    /** The order, now claimed; empty when nobody waits. */
    Mono<PaymentOrder> claim(Actor actor) {
        var claim = new Command.TakeClaim(properties.lease());
        return detached.run(
                "orders.next",
                transaction.transactional(
                        oldest().flatMap(uid -> command.inTransaction(CommandOrder.Call.of(uid, actor, claim)))));
    }

    private Mono<UUID> oldest() {
        return database.sql(OLDEST)
                .bind("now", clock.instant())
                .mapValue(UUID.class)
                .one();
    }
}
