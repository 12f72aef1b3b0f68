package io.darvoza.egov.opendata;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The leave to send one request with one key, or why there is none now. */
sealed interface Slot {

    /**
     * One request may be sent.
     *
     * @param askedAt {@link System#nanoTime} before the slot was asked for, so not after it was taken
     * @param used whether it was; an HTTP library may repeat a request by itself, and each needs a slot
     */
    record Granted(long askedAt, AtomicBoolean used) implements Slot {

        private static final Duration LIFE = Duration.ofSeconds(1);

        Granted(long askedAt) {
            this(askedAt, new AtomicBoolean());
        }

        /** Whether the request may go now: once, and not when the second is over. */
        boolean use(long now) {
            return now - askedAt < LIFE.toNanos() && used.compareAndSet(false, true);
        }
    }

    /** As many requests as allowed were made with the key in the last minute. */
    record Spent(Duration rest) implements Slot {}

    /** The upstream asked for rest. */
    record Paused(Duration rest) implements Slot {}

    /** The upstream refuses the key. */
    record Refused(Duration rest) implements Slot {}
}
