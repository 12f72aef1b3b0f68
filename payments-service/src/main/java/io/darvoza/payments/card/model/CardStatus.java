package io.darvoza.payments.card.model;

/** What a card is doing. Only an active one gets new orders; open orders of the others go on to their end. */
public enum CardStatus {
    ACTIVE,
    /** Stopped by a person, or by too many failures. */
    PAUSED,
    /** Within one of its vacation windows. */
    VACATION,
    /** Past its month; for good. */
    EXPIRED,
    /** Stopped by a person for good. */
    BLOCKED,
    /** Stopped until a compliance case is closed. */
    COMPLIANCE_HOLD;

    /** The word in the API and in the database. */
    public String word() {
        return Words.of(this);
    }

    public static CardStatus ofWord(String word) {
        return Words.read(CardStatus.class, word);
    }

    /** Whether a person may move a card from this status to another; the monitor makes the moves that are not here. */
    public boolean mayBecome(CardStatus next) {
        return switch (this) {
            case ACTIVE -> next == PAUSED || next == BLOCKED || next == COMPLIANCE_HOLD;
            case PAUSED, VACATION -> next == ACTIVE || next == BLOCKED || next == COMPLIANCE_HOLD;
            case COMPLIANCE_HOLD -> next == BLOCKED;
            case EXPIRED -> next == BLOCKED;
            case BLOCKED -> false;
        };
    }
}
