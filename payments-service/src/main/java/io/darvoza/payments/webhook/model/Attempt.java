package io.darvoza.payments.webhook.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of a delivery.
 *
 * @param status of the answer; 0 when there was none
 * @param retryAfter how long the receiver asks to wait
 * @param answer the beginning of the answer's body
 * @param error why there was no answer
 * @param millis how long it took
 */
public record Attempt(
        int status,
        @Nullable Duration retryAfter,
        @Nullable String answer,
        @Nullable String error,
        int millis) {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    /** What an attempt means. */
    public enum Meaning {
        /** Any 2xx, and nothing else. */
        TAKEN,
        /** The receiver may be well in a moment: no answer, 5xx, 408, 429. */
        PASSING,
        /** The receiver is set up wrongly (a redirect, another 4xx); people mend that, and it takes them time. */
        WRONG,
        /** 410: there is no receiver any more. */
        GONE
    }

    public Meaning meaning() {
        if (status / 100 == 2) {
            return Meaning.TAKEN;
        }
        if (status == GONE) {
            return Meaning.GONE;
        }
        boolean passing = status == 0 || status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return passing ? Meaning.PASSING : Meaning.WRONG;
    }
}
