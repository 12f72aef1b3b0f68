package io.darvoza.payments.order;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.outbox.Outbox;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.webhook.PaymentSnapshot;
import io.darvoza.payments.webhook.Webhooks;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells operators, the suite and the partner what happened to an order; always within the transaction in which it happened. */
@Component
final class OrderEvents {

    private final DatabaseClient database;
    private final SuiteEvents events;
    private final Outbox outbox;
    private final Webhooks webhooks;
    private final OrderFeedJob feedJob;
    private final Clock clock;

    OrderEvents(
            DatabaseClient database,
            SuiteEvents events,
            Outbox outbox,
            Webhooks webhooks,
            OrderFeedJob feedJob,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.feedJob = feedJob;
        this.clock = clock;
    }

    Mono<Void> tell(PaymentOrder order, Happening happening, Actor actor, @Nullable String detail) {
        Mono<Void> feed = feed(order, happening, actor, detail);
        return happening.isPublished() ? feed.then(publish(order, happening)).then(callBack(order, happening)) : feed;
    }

    private Mono<Void> feed(PaymentOrder order, Happening happening, Actor actor, @Nullable String detail) {
        return database.sql("""
                        insert into ops_feed (order_id, version, kind, actor, at, status, detail)
                        values (:order, :version, :kind, :actor, :at, :status, :detail)
                """)
                .bind("order", order.terms().id())
                .bind("version", order.state().version())
                .bind("kind", happening.word())
                .bind("actor", actor.id())
                .bind("at", clock.instant())
                .bind("status", order.state().status().word())
                .bind("detail", SqlValue.of(String.class, detail))
                .then()
                .then(feedJob.afterCommit());
    }

    private Mono<Void> publish(PaymentOrder order, Happening happening) {
        String uid = order.terms().uid().toString();
        return outbox.append(
                PaymentStatusV1.TOPIC,
                uid,
                events.of(
                        PaymentStatusV1.typeOf(happening),
                        uid,
                        order.state().version(),
                        EventOwner.partner(order.terms().partnerClient()),
                        PaymentStatusV1.from(order)));
    }

    private Mono<Void> callBack(PaymentOrder order, Happening happening) {
        PaymentStatusV1 status = PaymentStatusV1.from(order);
        Instant now = clock.instant();
        return webhooks.enqueue(new PaymentSnapshot(
                order.terms().partnerId(),
                "payment." + happening.word(),
                now,
                status.uid(),
                status.externalId(),
                status.type(),
                status.status(),
                status.subStatus(),
                status.performed(),
                status.amount(),
                status.actualAmount(),
                status.fee(),
                status.currency(),
                status.version(),
                status.createdAt(),
                status.performedAt(),
                cardMask(order),
                order.terms().callbackUrl()));
    }

    /** Of a deposit the platform's card, of a withdrawal the payer's. */
    private static @Nullable String cardMask(PaymentOrder order) {
        return switch (order.terms().type()) {
            case DEPOSIT -> order.state().cardMask();
            case WITHDRAWAL -> order.state().payerCardMask();
        };
    }
}
