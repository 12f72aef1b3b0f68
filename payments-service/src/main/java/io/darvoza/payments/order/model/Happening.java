package io.darvoza.payments.order.model;

import java.util.Locale;

/** What happened to an order. Most of it is told to partners and the suite; the rest goes to the operators' feed alone. */
public enum Happening {
    CREATED(true),
    PROCESSING(true),
    HELD(true),
    RELEASED(true),
    APPROVED(true),
    FAILED(true),
    REJECTED(true),
    EXPIRED(true),
    CANCELLED(true),
    REVERSED(true),
    LATE_RECEIVED(true),
    CLAIMED(false),
    UNCLAIMED(false),
    SECOND_APPROVAL(false),
    SECOND_REFUSED(false),
    ESCALATED(false),
    NOTED(false);

    private final boolean published;

    Happening(boolean published) {
        this.published = published;
    }

    /** Whether the suite and the partner are told. */
    public boolean isPublished() {
        return published;
    }

    /** The word in the feed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
