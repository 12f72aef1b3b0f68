package io.darvoza.payments.order.model;

import java.time.Instant;

/** An operator has the order in hand, until the lease ends. */
public record Claim(String holder, String name, Instant leaseUntil) {

    /** Whether it is that actor's and has not ended. */
    public boolean isHeldBy(Actor actor, Instant now) {
        return holder.equals(actor.id()) && isValid(now);
    }

    boolean isValid(Instant now) {
        return now.isBefore(leaseUntil);
    }
}
