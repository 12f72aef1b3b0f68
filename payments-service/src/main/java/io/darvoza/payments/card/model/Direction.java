package io.darvoza.payments.card.model;

/** Which way money moves, seen from the card. */
public enum Direction {
    /** A payer tops up: deposits. */
    IN,
    /** The platform pays out: withdrawals. */
    OUT;

    public String word() {
        return Words.of(this);
    }
}
