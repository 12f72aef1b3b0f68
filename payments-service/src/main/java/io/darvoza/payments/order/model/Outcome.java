package io.darvoza.payments.order.model;

/** What an order says to a command. */
public sealed interface Outcome {

    /** It moves. */
    record Moved(PaymentOrder after, Happening happening) implements Outcome {}

    /** The command was carried out before; its answer is the same. */
    record Unchanged(PaymentOrder order) implements Outcome {}

    /** It does not move. */
    record Refused(Why why) implements Outcome {}

    enum Why {
        /** The status does not allow it. */
        WRONG_STATE,
        /** The order's time is over. */
        EXPIRED,
        /** Another operator holds it. */
        HELD_BY_OTHER,
        /** Only the holder may. */
        NOT_HELD,
        /** Another person with the right to it must. */
        SECOND_PERSON,
        /** The role does not allow it. */
        ROLE
    }
}
