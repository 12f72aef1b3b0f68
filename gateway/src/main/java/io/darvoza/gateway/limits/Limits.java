package io.darvoza.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes tokens from limits. Most calls are decided in memory: a gateway leases portions of at most 100 ms of the rate from
 * the shared bucket, so over any time all gateways together let through no more than burst + rate × time, plus one portion
 * for each gateway. While the shared buckets are away, each gateway keeps the limits alone.
 *
 * <p>The number of keys in memory is bounded; keys that are not used are forgotten.
 */
final class Limits {

    private record Key(Limit limit, String value) {}

    private final SharedBuckets shared;
    private final LongSupplier nanos;
    private final Cache<Key, Share> shares;

    Limits(SharedBuckets shared, int maxKeys, Duration keepKeys, LongSupplier nanos) {
        this.shared = shared;
        this.nanos = nanos;
        this.shares = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfterAccess(keepKeys)
                .executor(Runnable::run)
                .build();
    }

    /** Takes one token of the key's. Never fails. */
    Mono<Verdict> take(Limit limit, String key) {
        Share share = shares.get(new Key(limit, key), made -> new Share(made.limit()));
        Verdict verdict = share.decide(nanos.getAsLong());
        return verdict == null ? leaseAndTake(share, limit, key) : Mono.just(verdict);
    }

    /** Whether it is known, without asking anybody, that the key has no token left. */
    boolean isKnownEmpty(Limit limit, String key) {
        @Nullable Share share = shares.getIfPresent(new Key(limit, key));
        return share != null && share.isEmpty(nanos.getAsLong());
    }

    /** How many keys are in memory. */
    long keys() {
        shares.cleanUp();
        return shares.estimatedSize();
    }

    private Mono<Verdict> leaseAndTake(Share share, Limit limit, String key) {
        return share.lease(() -> lease(share, limit, key)).flatMap(together -> {
            if (!together) {
                return Mono.just(share.decideAlone());
            }
            Verdict verdict = share.decide(nanos.getAsLong());
            // Others may have used the portion up; the bucket runs empty after a few rounds, which ends this.
            return verdict == null ? leaseAndTake(share, limit, key) : Mono.just(verdict);
        });
    }

    /** Whether the shared bucket answered. */
    private Mono<Boolean> lease(Share share, Limit limit, String key) {
        return shared.lease(limit, key)
                .doOnNext(granted -> share.granted(granted, nanos.getAsLong()))
                .hasElement();
    }
}
