package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Detached;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.treasury.CardMoves;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What two people must want: one asks, another carries it out or refuses. Nobody is both. */
@Service
final class SecondDecision {

    private final SecondApprovals waiting;
    private final Orders orders;
    private final CommandOrder command;
    private final Ledger ledger;
    private final CardMoves cardMoves;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final JsonMapper json;

    SecondDecision(
            SecondApprovals waiting,
            Orders orders,
            CommandOrder command,
            Ledger ledger,
            CardMoves cardMoves,
            AuditLog audit,
            TransactionalOperator transaction,
            Detached detached,
            JsonMapper json) {
        this.waiting = waiting;
        this.orders = orders;
        this.command = command;
        this.ledger = ledger;
        this.cardMoves = cardMoves;
        this.audit = audit;
        this.transaction = transaction;
        this.detached = detached;
        this.json = json;
    }

    /** An approval to be taken back. */
    record Reversal(boolean mayOwe, String reason) {}

    /** Money that a partner paid in or is paid out. */
    record Transfer(UUID partner, String currency, long amountMinor, String comment) {}

    /** First half of T15. Raises {@link PaymentsProblem#STATE_CONFLICT} unless the order is approved and not reversed. */
    Mono<UUID> askReversal(UUID uid, Reversal reversal, Actor actor) {
        return orders.withUid(uid)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .filter(order -> order.state().status() == OrderStatus.APPROVED
                        && order.state().reversedAt() == null)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .flatMap(order ->
                        ask(SecondApprovals.Kind.REVERSAL, order.terms().id(), reversal, actor));
    }

    /** First half of L6 or L7. */
    Mono<UUID> askTransfer(SecondApprovals.Kind kind, Transfer transfer, Actor actor) {
        return ask(kind, null, transfer, actor);
    }

    /** First half of an L9 with a bank's fee; in the caller's transaction. */
    Mono<UUID> askCardMove(CardMoves.Move move, Actor actor) {
        return ask(SecondApprovals.Kind.CARD_MOVE, null, move, actor);
    }

    private Mono<UUID> ask(SecondApprovals.Kind kind, @Nullable UUID orderId, Record subject, Actor actor) {
        return waiting.keep(kind, orderId, subject, actor)
                .delayUntil(id -> audit.write(
                        actor.id(), kind.word() + "_asked", "second_approval", id.toString(), null, subject, null))
                .as(transaction::transactional);
    }

    /** Carries out what the first person asked for. */
    Mono<Void> approve(UUID id, Actor actor) {
        return another(id, actor).flatMap(found -> switch (found.kind()) {
            case APPROVAL ->
                order(
                        found,
                        actor,
                        order -> waiting.openOf(order)
                                .map(first -> new Command.Confirmation(first.approve(), first.actor())));
            case REVERSAL -> {
                Reversal reversal = json.readValue(found.subject(), Reversal.class);
                yield order(found, actor, _ -> Mono.just(new Command.Reverse(found.requestedBy(), reversal.mayOwe())));
            }
            case PREFUND, SETTLEMENT -> transfer(found, actor);
            case CARD_MOVE -> moveCardMoney(found, actor);
        });
    }

    /** Leaves everything as it is; an order goes back to the queue. */
    Mono<Void> refuse(UUID id, Actor actor) {
        return another(id, actor)
                .flatMap(found -> found.kind() == SecondApprovals.Kind.APPROVAL
                        ? order(
                                found,
                                actor,
                                order -> waiting.openOf(order).map(first -> new Command.Refusal(first.actor())))
                        : transaction.transactional(waiting.end(id, "refused", actor)
                                .then(audit.write(
                                        actor.id(),
                                        found.kind().word() + "_refused",
                                        "second_approval",
                                        id.toString(),
                                        null,
                                        null,
                                        null))));
    }

    private Mono<SecondApprovals.Waiting> another(UUID id, Actor actor) {
        return waiting.find(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(found -> {
                    if (found.outcome() != null) {
                        throw PaymentsProblem.STATE_CONFLICT.exception().with("status", found.outcome());
                    }
                    if (found.requestedBy().equals(actor.id())) {
                        throw PaymentsProblem.SECOND_PERSON_REQUIRED.exception();
                    }
                });
    }

    private Mono<Void> order(
            SecondApprovals.Waiting found, Actor actor, Function<PaymentOrder, Mono<? extends Command>> decision) {
        return command.handle(new CommandOrder.Call(Objects.requireNonNull(found.orderUid()), actor, null, decision))
                .then();
    }

    private Mono<Void> transfer(SecondApprovals.Waiting found, Actor actor) {
        Transfer transfer = json.readValue(found.subject(), Transfer.class);
        Posting posting = found.kind() == SecondApprovals.Kind.PREFUND
                ? Posting.prefund(transfer.partner(), transfer.amountMinor())
                : Posting.settlement(transfer.partner(), transfer.amountMinor());
        return detached.run(
                "orders.transfer",
                transaction.transactional(waiting.end(found.id(), "approved", actor)
                        .then(ledger.post(posting, Currency.valueOf(transfer.currency()), actor.id()))
                        .then(audit.write(
                                actor.id(),
                                "partner_" + found.kind().word(),
                                "partner",
                                transfer.partner().toString(),
                                null,
                                Map.of("amount_minor", transfer.amountMinor(), "currency", transfer.currency()),
                                null))));
    }

    private Mono<Void> moveCardMoney(SecondApprovals.Waiting found, Actor actor) {
        CardMoves.Move move = json.readValue(found.subject(), CardMoves.Move.class);
        return detached.run(
                "orders.card-move",
                transaction.transactional(waiting.end(found.id(), "approved", actor)
                        .then(Mono.defer(() -> cardMoves.book(move, found.requestedBy(), actor.id())))
                        .then()));
    }
}
