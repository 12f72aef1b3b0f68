package io.darvoza.common.id;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 (RFC 9562): unique, hard to guess, and ever greater within one process, so that new rows go to the
 * end of an index. They tell when they were made; what is a capability needs 128 random bits instead.
 */
public final class TimeOrderedIds {

    private static final long SEQUENCE_BITS = 12;
    private static final long RANDOM_MASK = (1L << 62) - 1;

    private final Clock clock;
    private final SecureRandom random;
    private long last;

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
        this.random = FastRandom.create();
    }

    /** The next id. Never blocks on the system's entropy. */
    public UUID next() {
        long tick = tick();
        long high = tick >>> SEQUENCE_BITS << 16 | 0x7000 | tick & 0xFFF;
        long low = 1L << 63 | random.nextLong() & RANDOM_MASK;
        return new UUID(high, low);
    }

    /** Milliseconds and a 12-bit sequence in one number that only grows; it runs ahead of the clock rather than repeat. */
    private synchronized long tick() {
        last = Math.max(last + 1, clock.millis() << SEQUENCE_BITS);
        return last;
    }
}
