package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Payer;
import io.darvoza.payments.partner.PayerLimits;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanToken;
import io.darvoza.payments.vault.PanVault;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** T3 and T4: the payer says that a deposit is paid, or to which card a withdrawal goes. */
@Service
final class ConfirmPayment {

    private final CommandOrder command;
    private final PayerLimits limits;
    private final PanVault vault;
    private final OrderProperties properties;
    private final Clock clock;

    ConfirmPayment(CommandOrder command, PayerLimits limits, PanVault vault, OrderProperties properties, Clock clock) {
        this.command = command;
        this.limits = limits;
        this.vault = vault;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The order, now or already in processing. Problems: {@link PaymentsProblem#CARD_INVALID},
     * {@link PaymentsProblem#LIMIT_EXCEEDED} of the card, {@link PaymentsProblem#ORDER_EXPIRED}.
     */
    Mono<PaymentOrder> handle(UUID uid, @Nullable String cardNumber) {
        return command.handle(new CommandOrder.Call(uid, Actors.PAYER, null, order -> confirm(order, cardNumber)));
    }

    private Mono<Command.Confirm> confirm(PaymentOrder order, @Nullable String cardNumber) {
        if (order.terms().type() == OrderType.DEPOSIT) {
            return cardNumber == null
                    ? Mono.just(new Command.Confirm(null, null, properties.sla()))
                    : Mono.error(
                            CommonProblem.VALIDATION_FAILED.exception().error("/card_number", "none for a deposit"));
        }
        CardNumber number = CardNumber.parse(String.valueOf(cardNumber)).orElseThrow(PayerController::invalidCard);
        boolean open = order.state().status() == OrderStatus.NEW
                && clock.instant().isBefore(order.terms().closesAt());
        return open ? keep(order, number) : Mono.just(new Command.Confirm(null, null, properties.sla()));
    }

    /** Only an order that will take the number gets it kept. */
    private Mono<Command.Confirm> keep(PaymentOrder order, CardNumber number) {
        return vault.keepPayable(number)
                .delayUntil(token -> count(order, token))
                .map(token -> new Command.Confirm(token.id(), number.mask(), properties.sla()));
    }

    private Mono<Void> count(PaymentOrder order, PanToken token) {
        return isIdentified(order)
                .flatMap(identified -> limits.take(
                        order.terms().partnerId(),
                        new Payer.OfCard(token),
                        identified,
                        order.terms().amount()));
    }

    private Mono<Boolean> isIdentified(PaymentOrder order) {
        String clientId = order.terms().clientId();
        return clientId == null
                ? Mono.just(false)
                : limits.isIdentified(order.terms().partnerId(), clientId);
    }
}
