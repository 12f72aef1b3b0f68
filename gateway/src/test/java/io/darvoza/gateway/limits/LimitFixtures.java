package io.darvoza.gateway.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class LimitFixtures {

    static final Limit PRINCIPAL = new Limit("principal", 100, 200);
    static final LimitProperties PROPERTIES = new LimitProperties(
            new LimitProperties.Quota(100, 200),
            new LimitProperties.Quota(20, 40),
            new LimitProperties.Quota(20, 40),
            List.of(
                    new LimitProperties.Rule("token", List.of("/v1/token", "/token"), null, true, 10, 10),
                    new LimitProperties.Rule(
                            "payment-page", List.of("/pay/{key}/**", "/payment.html"), "uid", false, 5, 5)),
            List.of("/assets/**", "/auth/resources/**"),
            1000,
            Duration.ofSeconds(60),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));

    private LimitFixtures() {}

    static Limits limits(SharedBuckets shared, LongSupplier nanos) {
        return new Limits(shared, 1000, Duration.ofSeconds(60), nanos);
    }

    /** A clock that moves when told. */
    static final class Time implements TimeMeter {

        long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /** Buckets in memory that several gateways can share, and that can go away. */
    static final class Buckets implements SharedBuckets {

        final AtomicInteger leases = new AtomicInteger();
        final Map<String, Bucket> buckets = new HashMap<>();
        private final Time time;
        boolean away;

        @Nullable
        Mono<Void> gate;

        Buckets(Time time) {
            this.time = time;
        }

        @Override
        public Mono<Lease> lease(Limit limit, String key) {
            Mono<Lease> lease = Mono.defer(() -> away ? Mono.empty() : Mono.just(take(limit, key)));
            return gate == null ? lease : gate.then(lease);
        }

        private synchronized Lease take(Limit limit, String key) {
            leases.incrementAndGet();
            Bucket bucket = buckets.computeIfAbsent(
                    limit.name() + key,
                    _ -> Bucket.builder()
                            .addLimit(limit.configuration().getBandwidths()[0])
                            .withCustomTimePrecision(time)
                            .build());
            long taken = bucket.tryConsumeAsMuchAsPossible(limit.portion());
            return new Lease(taken, bucket.getAvailableTokens());
        }
    }
}
