package io.darvoza.payments.order;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.feed.FeedJob;
import io.darvoza.common.outbox.Outbox;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.webhook.PaymentSnapshot;
import io.darvoza.payments.webhook.Webhooks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells operators, the suite and the partner what happened to an order; always within the transaction in which it happened, and
 * in the statement that changes the order.
 */
@Component
final class OrderEvents {

    private static final String FEED = """
            insert into ops_feed (order_id, version, kind, actor, at, status, detail)
            values (:order, :version, :kind, :actor, :at, :status, :detail)
            """;

    private final DatabaseClient database;
    private final SuiteEvents events;
    private final Outbox outbox;
    private final Webhooks webhooks;
    private final FeedJob feedJob;
    private final Clock clock;

    OrderEvents(
            DatabaseClient database,
            SuiteEvents events,
            Outbox outbox,
            Webhooks webhooks,
            FeedJob feedJob,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.feedJob = feedJob;
        this.clock = clock;
    }

    /** Tells what did not change the order, in the caller's transaction. */
    Mono<Void> tell(PaymentOrder order, Happening happening, Actor actor, @Nullable String detail) {
        return of(order, happening, actor, detail, null).flatMap(writes -> Write.together(database, writes));
    }

    /**
     * What is written of a move, to be written with it.
     *
     * @param audited the entry of the audit, if it gets one
     */
    Mono<List<Write>> of(
            PaymentOrder order, Happening happening, Actor actor, @Nullable String detail, @Nullable Write audited) {
        return Mono.deferContextual(reactor -> {
            List<Write> writes = new ArrayList<>();
            if (audited != null) {
                writes.add(audited);
            }
            writes.add(feed(order, happening, actor, detail));
            if (happening.isPublished()) {
                PaymentStatusV1 status = PaymentStatusV1.from(order);
                writes.add(event(order, status, happening, RequestTrace.parent(reactor)));
                writes.add(callback(order, status, happening));
            }
            return Mono.just(writes);
        });
    }

    private Write feed(PaymentOrder order, Happening happening, Actor actor, @Nullable String detail) {
        return new Write(
                FEED,
                Map.of(
                        "order",
                        order.terms().id(),
                        "version",
                        order.state().version(),
                        "kind",
                        happening.word(),
                        "actor",
                        actor.id(),
                        "at",
                        clock.instant(),
                        "status",
                        order.state().status().word(),
                        "detail",
                        SqlValue.of(String.class, detail)),
                _ -> feedJob.afterCommit());
    }

    private Write event(PaymentOrder order, PaymentStatusV1 status, Happening happening, @Nullable String trace) {
        String uid = order.terms().uid().toString();
        return outbox.event(
                PaymentStatusV1.TOPIC,
                uid,
                events.of(
                                PaymentStatusV1.typeOf(happening),
                                uid,
                                order.state().version(),
                                EventOwner.partner(order.terms().partnerClient()),
                                status)
                        .within(trace));
    }

    private Write callback(PaymentOrder order, PaymentStatusV1 status, Happening happening) {
        return webhooks.message(new PaymentSnapshot(
                order.terms().partnerId(),
                "payment." + happening.word(),
                clock.instant(),
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
