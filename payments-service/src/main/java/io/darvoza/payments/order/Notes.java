package io.darvoza.payments.order;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** What people write down about an order, in table {@code order_note}; nobody changes it afterwards. */
@Component
final class Notes {

    private static final int MAX_TEXT = 2000;

    private final DatabaseClient database;
    private final OrderEvents events;
    private final TransactionalOperator transaction;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Notes(
            DatabaseClient database,
            OrderEvents events,
            TransactionalOperator transaction,
            TimeOrderedIds ids,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    /** What may be written: something, and not too much of it. */
    static String text(@Nullable String text, String pointer) {
        if (text == null || text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw CommonProblem.VALIDATION_FAILED.exception().error(pointer, "1.." + MAX_TEXT);
        }
        return text;
    }

    Mono<Void> add(PaymentOrder order, Actor author, String text) {
        return database.sql("""
                        insert into order_note (id, order_id, author, text, created_at)
                        values (:id, :order, :author, :text, :at)
                        """)
                .bind("id", ids.next())
                .bind("order", order.terms().id())
                .bind("author", author.id())
                .bind("text", text)
                .bind("at", clock.instant())
                .then()
                .then(Mono.defer(() -> events.tell(order, Happening.NOTED, author, null)))
                .as(transaction::transactional);
    }
}
