package io.darvoza.payments.order;

import io.darvoza.common.database.Write;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.card.CardChoice;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.Outcome.Moved;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.PayerLimits;
import io.darvoza.payments.treasury.Receipts;
import io.darvoza.payments.vault.PanToken;
import io.darvoza.payments.vault.PanVault;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a transition with everything that belongs to it, in the caller's transaction and always in this order: the order's row
 * together with audit, feed, outbox and callbacks, then card counters, payers' counters, balances and entries. One order of
 * locks, so no deadlock.
 */
@Component
final class Transitions {

    private final Orders orders;
    private final CardChoice cards;
    private final PayerLimits limits;
    private final PanVault vault;
    private final Receipts receipts;
    private final Ledger ledger;
    private final AuditLog audit;
    private final OrderEvents events;

    Transitions(
            Orders orders,
            CardChoice cards,
            PayerLimits limits,
            PanVault vault,
            Receipts receipts,
            Ledger ledger,
            AuditLog audit,
            OrderEvents events) {
        this.orders = orders;
        this.cards = cards;
        this.limits = limits;
        this.vault = vault;
        this.receipts = receipts;
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
    }

    /** The order after the move; fails as {@link Orders#replace} does when it was not the one before any more. */
    Mono<PaymentOrder> write(PaymentOrder before, Command command, Moved moved, Actor actor) {
        PaymentOrder after = moved.after();
        Happening happening = moved.happening();
        return events.of(after, happening, actor, detailOf(command), audited(before, after, happening, actor))
                .flatMap(told -> orders.replace(before, after, withPurge(after, told)))
                .doOnSuccess(_ -> Failpoint.reached("order.after-row"))
                .then(Mono.defer(() -> moveCard(before, after, happening)))
                .then(Mono.defer(() -> countPayer(before, after, happening)))
                .then(Mono.defer(() -> moveMoney(after, command, happening, actor)))
                .doOnSuccess(_ -> Failpoint.reached("order.after-money"))
                .thenReturn(after);
    }

    /** The number of a payer's card is kept for a while only, once its order has ended. */
    private List<Write> withPurge(PaymentOrder after, List<Write> told) {
        UUID card = after.state().payerCard();
        return card == null || !after.state().status().isTerminal()
                ? told
                : Stream.concat(told.stream(), Stream.of(vault.purgeLater(new PanToken(card))))
                        .toList();
    }

    private Mono<Void> moveCard(PaymentOrder before, PaymentOrder after, Happening happening) {
        OrderTerms terms = after.terms();
        boolean deposit = terms.type() == OrderType.DEPOSIT;
        return switch (happening) {
            case APPROVED -> deposit ? postCard(after) : payOut(after);
            case FAILED -> release(before, CardChoice.Ending.FAILED);
            case REJECTED -> release(before, CardChoice.Ending.REJECTED);
            case EXPIRED -> release(before, CardChoice.Ending.EXPIRED);
            case CANCELLED -> release(before, CardChoice.Ending.CANCELLED);
            case REVERSED -> cards.takeBack(terms.id());
            default -> Mono.empty();
        };
    }

    private Mono<Void> release(PaymentOrder order, CardChoice.Ending ending) {
        boolean reserved =
                order.terms().type() == OrderType.DEPOSIT && order.terms().lateOf() == null;
        return reserved ? cards.release(order.terms().id(), ending) : Mono.empty();
    }

    private Mono<Void> postCard(PaymentOrder order) {
        long actual = Objects.requireNonNull(order.state().actualAmount());
        return order.terms().lateOf() == null
                ? cards.post(order.terms().id(), actual)
                : cards.receiveLate(Objects.requireNonNull(order.state().cardId()), wish(order, actual));
    }

    private Mono<Void> payOut(PaymentOrder order) {
        long actual = Objects.requireNonNull(order.state().actualAmount());
        return cards.payOut(Objects.requireNonNull(order.state().cardId()), wish(order, actual))
                .then();
    }

    private static CardChoice.Wish wish(PaymentOrder order, long amount) {
        OrderTerms terms = order.terms();
        return new CardChoice.Wish(
                terms.id(), terms.partnerId(), Currency.valueOf(terms.currency()), amount, terms.clientId());
    }

    /** What a payer may still move grows again by what did not take place. */
    private Mono<Void> countPayer(PaymentOrder before, PaymentOrder after, Happening happening) {
        boolean ended = happening != Happening.APPROVED
                && after.state().status().isTerminal()
                && !before.state().status().isTerminal();
        boolean counted = after.terms().clientId() != null || after.state().payerCard() != null;
        if (!ended || !counted || after.terms().lateOf() != null) {
            return Mono.empty();
        }
        OrderTerms terms = after.terms();
        return Flux.fromIterable(Payers.of(after))
                .concatMap(counting ->
                        limits.giveBack(terms.partnerId(), counting.payer(), terms.amount(), counting.since()))
                .then();
    }

    private Mono<Void> moveMoney(PaymentOrder order, Command command, Happening happening, Actor actor) {
        if (command instanceof Command.Reverse reverse) {
            UUID id = order.terms().id();
            return receipts.giveBack(id).then(Mono.defer(() -> ledger.reverse(id, actor.id(), reverse.mayOwe())));
        }
        Mono<Posting> posting = switch (happening) {
            case APPROVED -> posted(order);
            case FAILED, REJECTED, EXPIRED, CANCELLED -> Mono.justOrEmpty(voided(order));
            default -> Mono.empty();
        };
        return posting.flatMap(
                lines -> ledger.post(lines, Currency.valueOf(order.terms().currency()), actor.id()));
    }

    private Mono<Posting> posted(PaymentOrder order) {
        OrderTerms terms = order.terms();
        var card = Objects.requireNonNull(order.state().cardId());
        long amount = Objects.requireNonNull(order.state().actualAmount());
        long fee = Objects.requireNonNull(order.state().actualFee());
        return switch (terms.type()) {
            case DEPOSIT ->
                receipts.take(
                                terms.id(),
                                card,
                                Objects.requireNonNull(order.state().bankReference()),
                                amount)
                        .map(received -> received
                                ? Posting.match(terms.id(), terms.partnerId(), amount, fee)
                                : Posting.deposit(terms.id(), terms.partnerId(), card, amount, fee));
            case WITHDRAWAL ->
                Mono.just(Posting.withdrawal(terms.id(), terms.partnerId(), card, terms.held(), amount, fee));
        };
    }

    private static @Nullable Posting voided(PaymentOrder order) {
        OrderTerms terms = order.terms();
        return terms.type() == OrderType.DEPOSIT ? null : Posting.voidOf(terms.id(), terms.partnerId(), terms.held());
    }

    private static @Nullable String detailOf(Command command) {
        return switch (command) {
            case Command.Fail fail -> fail.reason().word();
            case Command.Reject reject -> reject.reason().word();
            case Command.Hold hold -> Long.toString(hold.supportingDocument());
            case Command.Reassign reassign -> reassign.name();
            default -> null;
        };
    }

    /** Only what changes money or its way is audited; the feed keeps the rest. */
    private @Nullable Write audited(PaymentOrder before, PaymentOrder after, Happening happening, Actor actor) {
        return happening.isPublished()
                        || happening == Happening.SECOND_APPROVAL
                        || happening == Happening.SECOND_REFUSED
                ? audit.entry(
                        actor.id(),
                        "order_" + happening.word(),
                        "payment_order",
                        after.terms().uid().toString(),
                        PaymentStatusV1.from(before),
                        PaymentStatusV1.from(after))
                : null;
    }
}
