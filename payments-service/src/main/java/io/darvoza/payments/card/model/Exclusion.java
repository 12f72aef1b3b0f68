package io.darvoza.payments.card.model;

/** Why a card does not take a payment. The words are kept with orders and counted in metrics. */
public enum Exclusion {
    STATUS,
    VACATION,
    SCHEDULE,
    EXPIRED,
    PARTNER,
    AMOUNT_TOO_SMALL,
    AMOUNT_TOO_LARGE,
    HOUR_CAP,
    DAY_CAP,
    MONTH_CAP,
    DAY_COUNT,
    OPEN_ORDERS,
    COOLDOWN,
    /** Another open deposit of the same amount: they could not be told apart. */
    SAME_AMOUNT,
    /** The money believed to be on the card is less than what is to be paid out. */
    FLOAT,
    /** It was free a moment ago; other orders took what was left. */
    TAKEN_MEANWHILE;

    public String word() {
        return Words.of(this);
    }
}
