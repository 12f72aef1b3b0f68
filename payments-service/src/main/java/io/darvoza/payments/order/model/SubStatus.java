package io.darvoza.payments.order.model;

import java.util.Locale;
import java.util.Optional;

/** Where an order in processing stands. */
public enum SubStatus {
    /** Waits for an operator, or is with one. */
    QUEUED,
    /** An operator has approved it; a supervisor must, too. */
    AWAITING_SECOND_APPROVAL,
    /** Waits for a document. */
    ON_HOLD;

    /** The word in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; empty for any other text. */
    public static Optional<SubStatus> ofWord(String word) {
        for (SubStatus value : values()) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
