package io.darvoza.payments.signature.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may be used for. */
public enum Scope {
    /** Orders of both kinds, and their cancellation; a withdrawal needs {@link #PAYOUT} as well. */
    CREATE,
    /** Signed reading. */
    READ,
    /** Orders that pay money out. */
    PAYOUT,
    /** Keys and webhook endpoints. */
    MANAGE;

    /** The word in the API and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}
