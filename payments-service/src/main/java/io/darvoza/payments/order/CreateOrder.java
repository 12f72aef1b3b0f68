package io.darvoza.payments.order;

import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.card.CardChoice;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Commission;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Payer;
import io.darvoza.payments.partner.PayerLimits;
import io.darvoza.payments.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * T1 and T2: makes an order, reserves the card's turnover or holds the partner's money for it, and tells. All of it in the
 * caller's transaction.
 */
@Service
final class CreateOrder {

    private static final int MAX_METADATA = 2048;

    private final Orders orders;
    private final CardChoice cards;
    private final PayerLimits limits;
    private final Ledger ledger;
    private final AuditLog audit;
    private final OrderEvents events;
    private final Webhooks webhooks;
    private final OrderProperties properties;
    private final TimeOrderedIds ids;
    private final JsonMapper json;
    private final Clock clock;
    private final SecureRandom random = withoutFiles();

    CreateOrder(
            Orders orders,
            CardChoice cards,
            PayerLimits limits,
            Ledger ledger,
            AuditLog audit,
            OrderEvents events,
            Webhooks webhooks,
            OrderProperties properties,
            TimeOrderedIds ids,
            JsonMapper json,
            Clock clock) {
        this.orders = orders;
        this.cards = cards;
        this.limits = limits;
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
        this.webhooks = webhooks;
        this.properties = properties;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
    }

    /** {@linkplain #prepare Prepared} and {@linkplain #add added}; what they raise. */
    Mono<PaymentOrder> handle(Partner partner, CreateOrderRequest.Checked wish, Actor actor) {
        return prepare(partner, wish).delayUntil(order -> add(order, actor, List.of()));
    }

    /**
     * The order as it is to be, with its card reserved and its payer counted. Problems: {@link PaymentsProblem#NO_CARD_AVAILABLE},
     * {@link PaymentsProblem#LIMIT_EXCEEDED}; the caller's transaction must then roll back.
     */
    Mono<PaymentOrder> prepare(Partner partner, CreateOrderRequest.Checked wish) {
        OrderTerms terms = terms(partner, wish);
        return requireCallable(terms)
                .then(Mono.defer(() -> card(partner, terms)))
                .delayUntil(_ -> countPayer(partner, terms));
    }

    /**
     * Adds it, holds the money of a withdrawal, and tells. Problems: {@link PaymentsProblem#INSUFFICIENT_BALANCE},
     * {@link PaymentsProblem#EXTERNAL_ID_TAKEN}; the caller's transaction must then roll back.
     *
     * @param with is written in the same statement as the order
     */
    Mono<Void> add(PaymentOrder order, Actor actor, List<Write> with) {
        return events.of(order, Happening.CREATED, actor, null, audited(order, actor))
                .flatMap(told -> orders.add(
                        order, Stream.concat(told.stream(), with.stream()).toList()))
                .then(Mono.defer(() -> hold(order.terms(), actor)))
                .doOnSuccess(_ -> Failpoint.reached("order.create.before-commit"));
    }

    private Write audited(PaymentOrder order, Actor actor) {
        return audit.entry(
                actor.id(),
                "order_created",
                "payment_order",
                order.terms().uid().toString(),
                null,
                PaymentStatusV1.from(order));
    }

    private Mono<Void> requireCallable(OrderTerms terms) {
        String address = terms.callbackUrl();
        return address == null ? Mono.empty() : webhooks.requireCallable(terms.partnerId(), address);
    }

    private Mono<PaymentOrder> card(Partner partner, OrderTerms terms) {
        return switch (terms.type()) {
            case DEPOSIT ->
                cards.reserveIn(new CardChoice.Wish(
                                terms.id(), partner.id(), partner.currency(), terms.amount(), terms.clientId()))
                        .map(card -> new PaymentOrder(terms, OrderState.opened(card.id(), card.mask())));
            case WITHDRAWAL -> Mono.just(new PaymentOrder(terms, OrderState.opened(null, null)));
        };
    }

    private Mono<Void> countPayer(Partner partner, OrderTerms terms) {
        String clientId = terms.clientId();
        return clientId == null
                ? Mono.empty()
                : limits.isIdentified(partner.id(), clientId)
                        .flatMap(identified ->
                                limits.take(partner.id(), new Payer.OfClientId(clientId), identified, terms.amount()));
    }

    private Mono<Void> hold(OrderTerms terms, Actor actor) {
        return terms.type() == OrderType.DEPOSIT
                ? Mono.empty()
                : ledger.post(
                        Posting.hold(terms.id(), terms.partnerId(), terms.held()),
                        Currency.valueOf(terms.currency()),
                        actor.id());
    }

    private OrderTerms terms(Partner partner, CreateOrderRequest.Checked wish) {
        Commission commission = wish.type() == OrderType.DEPOSIT ? partner.deposit() : partner.withdrawal();
        CreateOrderRequest request = wish.request();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(partner.ttl());
        return new OrderTerms(
                ids.next(),
                new UUID(random.nextLong(), random.nextLong()),
                partner.id(),
                partner.clientId(),
                wish.externalId(),
                wish.type(),
                partner.currency().name(),
                wish.amount().minor(),
                commission.bps(),
                commission.minMinor(),
                commission.maxMinor(),
                Fees.of(commission, wish.type(), wish.amount().minor()),
                request.clientId(),
                request.description(),
                metadata(request),
                request.returnUrl(),
                request.callbackUrl(),
                request.reference() == null ? null : request.reference().type(),
                request.reference() == null ? null : request.reference().id(),
                now,
                expiresAt,
                expiresAt.plus(properties.grace()),
                null,
                null);
    }

    private @Nullable String metadata(CreateOrderRequest request) {
        if (request.metadata() == null) {
            return null;
        }
        String text = json.writeValueAsString(request.metadata());
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/metadata", "at most 2 KB of JSON");
        }
        return text;
    }

    /** The default reads a file each time, which an event loop must not do. */
    static SecureRandom withoutFiles() {
        try {
            SecureRandom drbg = SecureRandom.getInstance("DRBG");
            drbg.nextLong();
            return drbg;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has DRBG", e);
        }
    }
}
