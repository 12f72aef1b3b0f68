package io.darvoza.payments.order;

import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Detached;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Commission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** T16: money came after its order had ended. The old order stays; a linked one goes to the queue at once. */
@Service
final class ReceiveLate {

    private final Orders orders;
    private final AuditLog audit;
    private final OrderEvents events;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final OrderProperties properties;
    private final TimeOrderedIds ids;
    private final SecureRandom random = CreateOrder.withoutFiles();
    private final Clock clock;

    ReceiveLate(
            Orders orders,
            AuditLog audit,
            OrderEvents events,
            TransactionalOperator transaction,
            Detached detached,
            OrderProperties properties,
            TimeOrderedIds ids,
            Clock clock) {
        this.orders = orders;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.detached = detached;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
    }

    /** The linked order. Raises {@link PaymentsProblem#LATE_NOT_POSSIBLE}; an order has at most one. */
    Mono<PaymentOrder> handle(UUID uid, long amountMinor, String evidence, Actor actor) {
        return detached.run(
                "orders.late",
                orders.withUid(uid)
                        .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                        .doOnNext(this::requirePossible)
                        .map(ended -> late(ended, amountMinor, evidence))
                        .delayUntil(order -> add(order, evidence, actor))
                        .as(transaction::transactional));
    }

    private Mono<Void> add(PaymentOrder order, String evidence, Actor actor) {
        Write audited = audit.entry(
                actor.id(),
                "order_late_received",
                "payment_order",
                order.terms().uid().toString(),
                null,
                PaymentStatusV1.from(order));
        return events.of(order, Happening.LATE_RECEIVED, actor, evidence, audited)
                .flatMap(told -> orders.add(order, told));
    }

    private void requirePossible(PaymentOrder ended) {
        Instant over = ended.state().performedAt();
        String reason;
        if (ended.terms().type() != OrderType.DEPOSIT) {
            reason = "not_a_deposit";
        } else if (over == null || ended.state().status() == OrderStatus.APPROVED) {
            reason = "not_over_without_money";
        } else if (over.plus(properties.lateWithin()).isBefore(clock.instant())) {
            reason = "too_long_ago";
        } else {
            return;
        }
        throw PaymentsProblem.LATE_NOT_POSSIBLE.exception().with("reason", reason);
    }

    private PaymentOrder late(PaymentOrder ended, long amountMinor, String evidence) {
        OrderTerms was = ended.terms();
        Instant now = clock.instant();
        long fee = Fees.of(new Commission(was.feeBps(), was.feeMin(), was.feeMax()), was.type(), amountMinor);
        OrderTerms terms = new OrderTerms(
                ids.next(),
                new UUID(random.nextLong(), random.nextLong()),
                was.partnerId(),
                was.partnerClient(),
                null,
                was.type(),
                was.currency(),
                amountMinor,
                was.feeBps(),
                was.feeMin(),
                was.feeMax(),
                fee,
                was.clientId(),
                was.description(),
                was.metadata(),
                null,
                null,
                was.referenceType(),
                was.referenceId(),
                now,
                now,
                now,
                was.uid(),
                evidence);
        return new PaymentOrder(terms, OrderState.received(ended.state(), now, properties.sla()));
    }
}
