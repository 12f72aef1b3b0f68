package io.darvoza.payments.order.model;

import java.util.Locale;
import java.util.Optional;

/** The public status of an order. */
public enum OrderStatus {
    /** Waits for the payer. */
    NEW,
    /** The payer says that the payment is made, or where to pay; waits for operators. */
    PROCESSING,
    /** The money came or went. */
    APPROVED,
    /** The money did not arrive or could not be sent. */
    FAILED,
    /** The operator refused. */
    REJECTED,
    /** The payer did nothing in time. */
    EXPIRED,
    /** Partner or payer gave it up. */
    CANCELLED;

    /** The word in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; empty for any other text. */
    public static Optional<OrderStatus> ofWord(String word) {
        for (OrderStatus value : values()) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Whether the order is over; it then is performed, too. */
    public boolean isTerminal() {
        return this != NEW && this != PROCESSING;
    }
}
