package io.darvoza.gateway.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What this gateway holds of one bucket: tokens leased and not yet used, or, while Redis is away, a bucket of its own. Its
 * methods may be called by any thread and hold the lock for a few instructions only.
 */
final class Share {

    private final Limit limit;
    private long tokens;
    private long tokensEndAt;
    private long sharedRemaining;
    private long emptyUntil;
    private boolean knowsEmpty;
    private @Nullable Bucket alone;
    private @Nullable Mono<Boolean> lease;

    Share(Limit limit) {
        this.limit = limit;
        this.sharedRemaining = limit.burst();
    }

    /** Decides from what is held here; null when a lease has to be taken first. */
    synchronized @Nullable Verdict decide(long now) {
        if (tokens > 0 && tokensEndAt - now > 0) {
            tokens--;
            return Verdict.allowed(limit, tokens + sharedRemaining);
        }
        tokens = 0;
        return isEmpty(now) ? Verdict.refused(limit, emptyUntil - now) : null;
    }

    /** Whether it is known without asking that no token is there. */
    synchronized boolean isEmpty(long now) {
        return knowsEmpty && emptyUntil - now > 0;
    }

    /** The lease that is under way, or a new one: requests that need one at the same time share it. */
    synchronized Mono<Boolean> lease(Supplier<Mono<Boolean>> start) {
        Mono<Boolean> underWay = lease;
        if (underWay == null) {
            // Cleared before those who wait hear of it: who then needs another lease must not get this one again.
            underWay =
                    start.get().doOnNext(_ -> landed()).doOnError(_ -> landed()).cache();
            lease = underWay;
        }
        return underWay;
    }

    private synchronized void landed() {
        lease = null;
    }

    synchronized void granted(SharedBuckets.Lease granted, long now) {
        alone = null;
        tokens = granted.tokens();
        tokensEndAt = now + limit.leaseNanos();
        sharedRemaining = granted.remaining();
        knowsEmpty = tokens == 0;
        emptyUntil = now + limit.nanosPerToken();
    }

    /** Decides by a bucket of this gateway alone. It starts with what was left when the shared one was last seen. */
    synchronized Verdict decideAlone() {
        Bucket bucket = alone;
        if (bucket == null) {
            bucket = Bucket.builder()
                    .addLimit(bandwidth -> bandwidth
                            .capacity(limit.burst())
                            .refillGreedy(limit.ratePerSecond(), Duration.ofSeconds(1))
                            .initialTokens(sharedRemaining))
                    .build();
            alone = bucket;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Verdict.allowed(limit, probe.getRemainingTokens())
                : Verdict.refused(limit, probe.getNanosToWaitForRefill());
    }
}
