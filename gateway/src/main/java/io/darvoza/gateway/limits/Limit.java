package io.darvoza.gateway.limits;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * A token bucket per key.
 *
 * @param name says in headers and metrics which limit it is
 * @param ratePerSecond tokens that come back every second
 * @param burst most tokens that can be there
 */
record Limit(String name, long ratePerSecond, long burst) {

    /** The limit's name and quota, as {@code RateLimit-Policy} has it: all of the burst within the time it takes to refill. */
    String policy() {
        return "\"%s\";q=%d;w=%d".formatted(name, burst, secondsToRefill(burst));
    }

    /** Tokens that a gateway takes from Redis at once: what comes back in 100 ms, so that a gateway hoards no more. */
    long portion() {
        return Math.max(1, ratePerSecond / 10);
    }

    /** How long a portion may be kept unused; after as long the bucket is full again anyway. */
    long leaseNanos() {
        return Duration.ofSeconds(secondsToRefill(burst)).toNanos();
    }

    long nanosPerToken() {
        return Duration.ofSeconds(1).toNanos() / ratePerSecond;
    }

    long secondsToRefill(long tokens) {
        return Math.max(1, Math.ceilDiv(tokens, ratePerSecond));
    }

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(ratePerSecond, Duration.ofSeconds(1)))
                .build();
    }
}
