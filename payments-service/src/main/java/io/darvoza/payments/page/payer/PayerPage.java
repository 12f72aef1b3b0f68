package io.darvoza.payments.page.payer;

import io.darvoza.payments.money.ShownAmount;
import io.darvoza.payments.order.PayerOrders;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payer's page. Public, as are its parts, because the template reads it.
 *
 * @param states every state that can still come, the present one first; each is a section of the page
 * @param late the time is over, but money that is on its way is still taken
 * @param amount for people, with the currency
 * @param plainAmount for a bank's form
 * @param payerCard last digits of the card that a withdrawal goes to
 * @param millisLeft until the countdown ends, never negative
 */
public record PayerPage(
        UUID uid,
        boolean deposit,
        List<String> states,
        boolean late,
        String amount,
        String plainAmount,
        @Nullable Card card,
        @Nullable String payerCard,
        @Nullable String returnUrl,
        Instant expiresAt,
        long millisLeft) {

    /** The card to pay to, its number in groups and without. */
    public record Card(String grouped, String digits, String holder, String bank) {

        static Card from(PayerOrders.Card card) {
            String digits = card.number().reveal();
            return new Card(digits.replaceAll("(.{4})(?=.)", "$1 "), digits, card.holder(), card.bank());
        }
    }

    static PayerPage from(PayerOrders.Seen order, Locale language) {
        Duration left = Duration.between(order.now(), order.expiresAt());
        return new PayerPage(
                order.uid(),
                order.type() == OrderType.DEPOSIT,
                states(order.status()),
                order.status() == OrderStatus.NEW && !left.isPositive(),
                ShownAmount.of(order.amount().minor(), order.amount().currency(), language),
                order.amount().toString(),
                order.card().map(Card::from).orElse(null),
                order.payerCardMask() == null ? null : lastDigits(order.payerCardMask()),
                order.returnUrl(),
                order.expiresAt(),
                Math.max(0, left.toMillis()));
    }

    /** The state that is shown. */
    public String state() {
        return states.getFirst();
    }

    private static List<String> states(OrderStatus status) {
        return switch (status) {
            case NEW -> List.of("new", "processing", "approved", "failed", "rejected", "expired", "cancelled");
            case PROCESSING -> List.of("processing", "approved", "failed", "rejected");
            case APPROVED, FAILED, REJECTED, EXPIRED, CANCELLED -> List.of(status.word());
        };
    }

    private static String lastDigits(String mask) {
        return "•••• " + mask.substring(mask.length() - 4);
    }
}
