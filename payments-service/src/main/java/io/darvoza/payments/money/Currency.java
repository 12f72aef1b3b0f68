package io.darvoza.payments.money;

import java.util.Optional;

/** A currency that partners can have; all of them have two minor digits (ISO 4217). */
public enum Currency {
    RUB,
    TJS,
    KZT,
    USD;

    /** How many digits stand behind the point. */
    public int digits() {
        return 2;
    }

    /** The currency of an ISO 4217 code in capital letters; empty for any other text. */
    public static Optional<Currency> of(String code) {
        for (Currency currency : values()) {
            if (currency.name().equals(code)) {
                return Optional.of(currency);
            }
        }
        return Optional.empty();
    }
}
