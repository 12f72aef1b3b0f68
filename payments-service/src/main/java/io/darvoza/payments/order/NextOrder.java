package io.darvoza.payments.order;

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

    private final DatabaseClient database;
    private final CommandOrder command;
    private final TransactionalOperator transaction;
    private final OrderProperties properties;
    private final Clock clock;

    NextOrder(
            DatabaseClient database,
            CommandOrder command,
            TransactionalOperator transaction,
            OrderProperties properties,
            Clock clock) {
        this.database = database;
        this.command = command;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /** The order, now claimed; empty when nobody waits. */
    Mono<PaymentOrder> claim(Actor actor) {
        return transaction.transactional(oldest().flatMap(uid ->
                command.handle(CommandOrder.Call.of(uid, actor, new Command.TakeClaim(properties.lease())))));
    }

    private Mono<UUID> oldest() {
        return database.sql("""
                        select uid from payment_order
                        where status = 'processing' and sub_status = 'queued'
                          and (assigned_to is null or lease_until <= :now)
                        order by processing_at, id limit 1 for update skip locked
                        """)
                .bind("now", clock.instant())
                .mapValue(UUID.class)
                .one();
    }
}
