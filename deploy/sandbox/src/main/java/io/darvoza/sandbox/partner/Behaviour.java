package io.darvoza.sandbox.partner;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a partner answers callbacks. What is absent has the default of the kind.
 *
 * @param status of a wrong partner's answers; 500 by default
 * @param delayMillis of a slow one's; 30 000 by default
 * @param retryAfterSeconds a header of a wrong one's, if given
 * @param times how many callbacks are answered so before the partner is good again; for ever by default
 */
record Behaviour(
        Kind kind,
        @Nullable Integer status,
        @Nullable Integer delayMillis,
        @Nullable Integer retryAfterSeconds,
        @Nullable Integer times) {

    private static final int USUAL_STATUS = 500;
    private static final int USUAL_DELAY_MILLIS = 30_000;

    enum Kind {
        /** Answers 204 at once. */
        GOOD,
        /** Answers 204, late. */
        SLOW,
        /** Answers an error. */
        WRONG,
        /** Answers a redirect, which nobody should follow. */
        REDIRECTING,
        /** Closes the connection without an answer. */
        AWAY
    }

    /** What a partner of that name does at first: its name says it, else it is good. */
    static Behaviour of(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return of(kind);
            }
        }
        return of(Kind.GOOD);
    }

    private static Behaviour of(Kind kind) {
        return new Behaviour(kind, null, null, null, null);
    }

    int answerStatus() {
        return status == null ? USUAL_STATUS : status;
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? USUAL_DELAY_MILLIS : delayMillis);
    }

    /** The behaviour for the callback after this one. */
    Behaviour next() {
        if (times == null) {
            return this;
        }
        return times > 1 ? new Behaviour(kind, status, delayMillis, retryAfterSeconds, times - 1) : of(Kind.GOOD);
    }
}
