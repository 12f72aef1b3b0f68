package io.darvoza.payments.order.model;

import java.util.Locale;
import java.util.Optional;

/** Why an operator refused. */
public enum RejectionReason {
    SUSPECTED_FRAUD,
    WRONG_DETAILS,
    LIMITS,
    AML,
    DUPLICATE;

    /** The word in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that word; empty for any other text. */
    public static Optional<RejectionReason> ofWord(String word) {
        for (RejectionReason value : values()) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
