package io.darvoza.payments.order.model;

import java.util.Locale;
import java.util.Optional;

/** Which way the money goes. */
public enum OrderType {
    /** Пополнение: the payer sends money to a platform card. */
    DEPOSIT,
    /** Списание: the platform pays to the payer's card. */
    WITHDRAWAL;

    /** The word in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; empty for any other text. */
    public static Optional<OrderType> ofWord(String word) {
        for (OrderType value : values()) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
