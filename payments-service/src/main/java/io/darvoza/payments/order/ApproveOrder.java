package io.darvoza.payments.order;

import io.darvoza.common.database.SqlValue;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.SubStatus;
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

    private static final String GROUND = """
            select coalesce(p.second_approval_minor, c.second_approval_minor) bound,
                   (select mask from card where id = :card) mask
            from partner p join currency_setting c on c.currency = p.currency where p.id = :partner
            """;

    private final CommandOrder command;
    private final SecondApprovals secondApprovals;
    private final DatabaseClient database;
    private final OrderProperties properties;

    ApproveOrder(
            CommandOrder command,
            SecondApprovals secondApprovals,
            DatabaseClient database,
            OrderProperties properties) {
        this.command = command;
        this.secondApprovals = secondApprovals;
        this.database = database;
        this.properties = properties;
    }

    /**
     * What is looked up for an approval.
     *
     * @param secondApprovalMinor more needs a second person
     * @param payoutMask of the card that a withdrawal is paid from
     */
    private record Ground(
            long secondApprovalMinor, @Nullable String payoutMask) {}

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
        return ground(terms.partnerId(), payoutCard)
                .map(ground -> new Command.Approve(
                        actual,
                        Fees.of(terms, actual),
                        payoutCard,
                        ground.payoutMask(),
                        reference.strip(),
                        request.comment(),
                        needsSecond(terms, actual, ground.secondApprovalMinor())));
    }

    private boolean needsSecond(OrderTerms terms, long actual, long bound) {
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

    private Mono<Ground> ground(UUID partnerId, @Nullable UUID payoutCard) {
        return database.sql(GROUND)
                .bind("partner", partnerId)
                .bind("card", SqlValue.of(UUID.class, payoutCard))
                .map(row ->
                        new Ground(Objects.requireNonNull(row.get("bound", Long.class)), row.get("mask", String.class)))
                .one()
                .filter(ground -> (payoutCard == null) == (ground.payoutMask() == null))
                .switchIfEmpty(Mono.error(() -> DecisionController.invalid("/payout_card_id", "no such card")));
    }
}
