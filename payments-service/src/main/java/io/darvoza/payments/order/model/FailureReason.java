package io.darvoza.payments.order.model;

import java.util.Locale;
import java.util.Optional;

/** Why money did not arrive or could not be sent. */
public enum FailureReason {
    NOT_RECEIVED,
    BANK_ERROR,
    PAYOUT_RETURNED,
    NO_CAPACITY;

    /** The word in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; empty for any other text. */
    public static Optional<FailureReason> ofWord(String word) {
        for (FailureReason value : values()) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
