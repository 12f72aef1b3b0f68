package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.vault.CardNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What a payer may see of an order and do with it. Who has the link, may; a guess that is no UUID is answered like one that is. */
@Service
public final class PayerOrders {

    private final Orders orders;
    private final CommandOrder command;
    private final ConfirmPayment confirm;
    private final PlatformCards cards;
    private final Clock clock;

    PayerOrders(Orders orders, CommandOrder command, ConfirmPayment confirm, PlatformCards cards, Clock clock) {
        this.orders = orders;
        this.command = command;
        this.confirm = confirm;
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * An order before its payer.
     *
     * @param card where to pay to, of a deposit that is not over
     * @param payerCardMask where a withdrawal goes to, as soon as the payer has said so
     * @param returnUrl the partner's page to go back to
     * @param now the server's time, from which the payer's countdown is made
     */
    public record Seen(
            UUID uid,
            OrderType type,
            OrderStatus status,
            Amount amount,
            Optional<Card> card,
            @Nullable String payerCardMask,
            @Nullable String returnUrl,
            Instant expiresAt,
            Instant now) {}

    /** The card to pay to: its number is what the page is for. */
    public record Card(CardNumber number, String holder, String bank) {}

    /** The order of a link; {@link CommonProblem#NOT_FOUND} when there is none. */
    public Mono<Seen> find(String uid) {
        return Mono.fromSupplier(() -> PayerController.id(uid))
                .flatMap(orders::withUid)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(order -> card(order).map(card -> seen(order, card)));
    }

    /**
     * «Я оплатил», or the card to pay to; said again it changes nothing. Problems: {@link PaymentsProblem#CARD_INVALID},
     * {@link PaymentsProblem#LIMIT_EXCEEDED}, {@link PaymentsProblem#ORDER_EXPIRED}, {@link PaymentsProblem#STATE_CONFLICT}.
     */
    public Mono<Void> confirm(String uid, @Nullable String cardNumber) {
        return Mono.defer(() -> confirm.handle(PayerController.id(uid), cardNumber))
                .then();
    }

    /** Gives the order up before it is paid; {@link PaymentsProblem#STATE_CONFLICT} when it is no longer new. */
    public Mono<Void> cancel(String uid) {
        return Mono.defer(() -> command.handle(
                        CommandOrder.Call.of(PayerController.id(uid), Actors.PAYER, new Command.Cancel())))
                .then();
    }

    /** Shown while there may still be something to pay. */
    private Mono<Optional<Card>> card(PaymentOrder order) {
        boolean shown = order.terms().type() == OrderType.DEPOSIT
                && !order.state().status().isTerminal();
        return shown
                ? cards.of(order)
                        .map(card -> Optional.of(new Card(card.number(), card.holder(), card.bank())))
                        .defaultIfEmpty(Optional.empty())
                : Mono.just(Optional.empty());
    }

    private Seen seen(PaymentOrder order, Optional<Card> card) {
        var terms = order.terms();
        return new Seen(
                terms.uid(),
                terms.type(),
                order.state().status(),
                new Amount(terms.amount(), Currency.valueOf(terms.currency())),
                card,
                order.state().payerCardMask(),
                terms.returnUrl(),
                terms.expiresAt(),
                clock.instant());
    }
}
