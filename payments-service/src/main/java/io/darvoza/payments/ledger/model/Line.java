package io.darvoza.payments.ledger.model;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a posting.
 *
 * @param owner the partner or card whose account it is; null for an account of the system
 * @param amount minor units, not negative; a line of zero leaves no entry
 */
public record Line(AccountKind account, @Nullable UUID owner, Side side, long amount) {

    /** On which side of an account an amount stands. */
    public enum Side {
        DEBIT("D"),
        CREDIT("C");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        /** The letter in the database. */
        public String word() {
            return word;
        }
    }

    public Line {
        if (amount < 0) {
            throw new IllegalArgumentException("an entry's amount is not negative");
        }
        boolean owned = switch (account) {
            case AVAILABLE, HELD, RECEIVABLE, FLOAT -> true;
            case COMMISSION, SUSPENSE, ADJUSTMENT, SETTLEMENT -> false;
        };
        if (owned != Objects.nonNull(owner)) {
            throw new IllegalArgumentException(account + (owned ? " belongs to somebody" : " is the system's"));
        }
    }

    static Line debit(AccountKind account, @Nullable UUID owner, long amount) {
        return new Line(account, owner, Side.DEBIT, amount);
    }

    static Line credit(AccountKind account, @Nullable UUID owner, long amount) {
        return new Line(account, owner, Side.CREDIT, amount);
    }
}
