package io.darvoza.payments.vault;

import java.util.Locale;

/** Why a card number is kept. */
public enum Purpose {
    /** A card of the platform; each number once. */
    PLATFORM_CARD,
    /** A payer's card that a withdrawal goes to; a token of its own for each order. */
    PAYER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
