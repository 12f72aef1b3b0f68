package io.darvoza.sandbox.opendata;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the portal answers. What is absent has the default of the kind.
 *
 * @param status of a {@link Kind#STATUS}; 500 by default
 * @param delayMillis of a {@link Kind#SLOW}; 30 000 by default
 * @param retryAfterSeconds a header, if given
 * @param times how many requests are answered so before all is well again; for ever by default
 */
record Behaviour(
        Kind kind,
        @Nullable Integer status,
        @Nullable Integer delayMillis,
        @Nullable Integer retryAfterSeconds,
        @Nullable Integer times) {

    static final Behaviour GOOD = new Behaviour(Kind.GOOD, null, null, null, null);

    private static final int USUAL_STATUS = 500;
    private static final int USUAL_DELAY_MILLIS = 30_000;

    enum Kind {
        /** Answers as described. */
        GOOD,
        /** Answers a page of HTML with status 200, as the portal's protection does. */
        HTML,
        /** Answers another status, with a page of HTML. */
        STATUS,
        /** Answers late. */
        SLOW,
        /** Begins an answer and closes the connection. */
        CUT,
        /** Answers what looks like JSON and is none. */
        WRONG_JSON,
        /** Answers an error as an object, with status 200. */
        ERROR_OBJECT,
        /** Closes the connection without an answer. */
        AWAY
    }

    int answerStatus() {
        return status == null ? USUAL_STATUS : status;
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? USUAL_DELAY_MILLIS : delayMillis);
    }

    /** The behaviour for the request after this one. */
    Behaviour next() {
        if (times == null) {
            return this;
        }
        return times > 1 ? new Behaviour(kind, status, delayMillis, retryAfterSeconds, times - 1) : GOOD;
    }
}
