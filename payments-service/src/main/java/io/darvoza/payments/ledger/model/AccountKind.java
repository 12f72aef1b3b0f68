package io.darvoza.payments.ledger.model;

import java.util.Locale;

/** What an account is for. The first three belong to a partner, {@code FLOAT} to a card, the others to the system. */
public enum AccountKind {
    /** What a partner may spend; never negative. */
    AVAILABLE,
    /** What is reserved for a partner's open withdrawals; never negative. */
    HELD,
    /** What a partner owes after a reversal that {@code AVAILABLE} did not cover; never negative. */
    RECEIVABLE,
    /** Money believed to be on a platform card. */
    FLOAT,
    /** The seed's system account. Its entries are added up later, so nobody waits for its row. */
    COMMISSION,
    /** Receipts that match no order. */
    SUSPENSE,
    /** Corrections and banks' fees. */
    ADJUSTMENT,
    /** Money that partners paid in or were paid out. */
    SETTLEMENT;

    /** The word in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
