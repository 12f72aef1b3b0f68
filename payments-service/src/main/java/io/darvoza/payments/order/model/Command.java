package io.darvoza.payments.order.model;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an order. */
public sealed interface Command {

    /** T3, T4: «Я оплатил» or, for a withdrawal, the card to pay to. */
    record Confirm(@Nullable UUID payerCard, @Nullable String payerCardMask, Duration sla) implements Command {}

    /** T6. */
    record Cancel() implements Command {}

    /** T5. */
    record Expire() implements Command {}

    /** T7. */
    record TakeClaim(Duration lease) implements Command {}

    /** T8. */
    record Release() implements Command {}

    /** T8 by the clock: the holder's lease has ended. */
    record EndLease() implements Command {}

    /** T8 by a supervisor: to that person, or back to all. */
    record Reassign(@Nullable String holder, @Nullable String name, Duration lease) implements Command {}

    /**
     * T9, T10, T11.
     *
     * @param cardId the card that paid a withdrawal; ignored for a deposit
     * @param fee of the actual amount
     * @param needsSecond whether another person must approve, too
     */
    record Approve(
            long actualAmount,
            long fee,
            @Nullable UUID cardId,
            @Nullable String cardMask,
            String bankReference,
            @Nullable String comment,
            boolean needsSecond)
            implements Command {}

    /** T10, T11 by the second person, who carries out the first one's decision. */
    record Confirmation(Approve first, String firstActor) implements Command {}

    /** The second person says no: back to the queue. */
    record Refusal(String firstActor) implements Command {}

    /** T12. */
    record Fail(FailureReason reason, @Nullable String comment) implements Command {}

    /** T13. */
    record Reject(RejectionReason reason, String comment) implements Command {}

    /** T17. */
    record Hold(long supportingDocument) implements Command {}

    /** T18. */
    record Unhold() implements Command {}

    /** T14. */
    record Escalate() implements Command {}

    /**
     * T15, once a second person has agreed.
     *
     * @param firstActor who asked for it
     * @param mayOwe whether the partner may come to owe what is no longer available
     */
    record Reverse(String firstActor, boolean mayOwe) implements Command {}
}
