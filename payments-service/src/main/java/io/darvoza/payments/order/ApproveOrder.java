package io.darvoza.payments.order;

import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.SubStatus;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Partners;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * T9–T11: the holder of the claim approves, alone up to the bound; beyond it, or when the actual amount is not the asked one, a
 * supervisor's own approve carries out what the first person decided.
 */
@Service
final class ApproveOrder {

    private static final long WHOLE = 10_000;

    private final CommandOrder command;
    private final SecondApprovals secondApprovals;
    private final Partners partners;
    private final DatabaseClient database;
    private final OrderProperties properties;

    ApproveOrder(
            CommandOrder command,
            SecondApprovals secondApprovals,
            Partners partners,
            DatabaseClient database,
            OrderProperties properties) {
        this.command = command;
        this.secondApprovals = secondApprovals;
        this.partners = partners;
        this.database = database;
        this.properties = properties;
    }

    Mono<PaymentOrder> handle(UUID uid, Actor actor, long version, DecisionController.ApproveRequest request) {
        return command.handle(new CommandOrder.Call(uid, actor, version, order -> decision(order, request)));
    }

    private Mono<? extends Command> decision(PaymentOrder order, DecisionController.ApproveRequest request) {
        return order.state().subStatus() == SubStatus.AWAITING_SECOND_APPROVAL
                ? secondApprovals.openOf(order).map(first -> second(order, first, request))
                : first(order, request);
    }

    private static Command second(
            PaymentOrder order, SecondApprovals.First first, DecisionController.ApproveRequest request) {
        String seen = request.actualAmount();
        if (seen != null && actualAmount(order.terms(), seen) != first.approve().actualAmount()) {
            throw DecisionController.invalid("/actual_amount", "not what the first person approved");
        }
        return new Command.Confirmation(first.approve(), first.actor());
    }

    private Mono<Command.Approve> first(PaymentOrder order, DecisionController.ApproveRequest request) {
        OrderTerms terms = order.terms();
        long actual = actualAmount(terms, request.actualAmount());
        String reference = request.bankReference();
        if (reference == null || reference.isBlank() || reference.length() > 64) {
            throw DecisionController.invalid("/bank_reference", "1..64");
        }
        UUID payoutCard = request.payoutCardId();
        if ((payoutCard != null) != (terms.type() == OrderType.WITHDRAWAL)) {
            throw DecisionController.invalid("/payout_card_id", "for a withdrawal, and only for one");
        }
        return partners.find(terms.partnerId())
                .zipWith(maskOf(payoutCard))
                .map(found -> new Command.Approve(
                        actual,
                        Fees.of(terms, actual),
                        payoutCard,
                        found.getT2().isEmpty() ? null : found.getT2(),
                        reference.strip(),
                        request.comment(),
                        needsSecond(terms, actual, found.getT1())));
    }

    private boolean needsSecond(OrderTerms terms, long actual, Partner partner) {
        long bound = partner.secondApprovalMinor();
        boolean high = Math.max(actual, terms.amount()) > bound;
        boolean other = Math.abs(actual - terms.amount()) > terms.amount() * properties.toleranceBps() / WHOLE;
        return high || other;
    }

    private static long actualAmount(OrderTerms terms, @Nullable String text) {
        if (text == null) {
            return terms.amount();
        }
        long actual = Amount.parse(text, Currency.valueOf(terms.currency()))
                .map(Amount::minor)
                .filter(minor -> minor > 0)
                .orElseThrow(() -> DecisionController.invalid("/actual_amount", "a decimal string greater than 0"));
        if (terms.type() == OrderType.WITHDRAWAL && actual > terms.amount()) {
            throw DecisionController.invalid("/actual_amount", "not more than was asked");
        }
        return actual;
    }

    private Mono<String> maskOf(@Nullable UUID card) {
        if (card == null) {
            return Mono.just("");
        }
        return database.sql("select mask from card where id = :id")
                .bind("id", card)
                .map(row -> Objects.requireNonNull(row.get("mask", String.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> DecisionController.invalid("/payout_card_id", "no such card")));
    }
}
