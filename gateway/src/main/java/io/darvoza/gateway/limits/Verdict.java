package io.darvoza.gateway.limits;

import java.time.Duration;

/**
 * What a limit said to one request.
 *
 * @param limit the limit that was asked
 * @param allowed whether the request may pass
 * @param remaining tokens left, as far as this gateway knows; never more than there are
 * @param waitNanos how long until the next token, for a refused request
 */
record Verdict(Limit limit, boolean allowed, long remaining, long waitNanos) {

    static Verdict allowed(Limit limit, long remaining) {
        return new Verdict(limit, true, Math.max(0, remaining), 0);
    }

    static Verdict refused(Limit limit, long waitNanos) {
        return new Verdict(limit, false, 0, waitNanos);
    }

    /** One item of the header {@code RateLimit}: tokens left, and seconds until all of the quota is back. */
    String header() {
        return "\"" + limit.name() + "\";r=" + remaining + ";t=" + limit.secondsToRefill(limit.burst() - remaining);
    }

    Duration retryAfter() {
        return Duration.ofNanos(waitNanos);
    }
}
