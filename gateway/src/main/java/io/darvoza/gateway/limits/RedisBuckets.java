package io.darvoza.gateway.limits;

import io.darvoza.common.redis.RedisConnections;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Bucket4j's buckets in Redis, over one connection of their own. A bucket expires soon after it would be full again.
 *
 * <p>After a failure or a time-out nobody asks Redis for a while; then one request tries, and the others go on without until
 * it has succeeded. So Redis being away costs one request in each such while the time-out, and the rest nothing.
 */
final class RedisBuckets implements SharedBuckets {

    private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);
    private static final Duration AFTER_FULL = Duration.ofSeconds(10);
    private static final long REACHABLE = Long.MIN_VALUE;

    private final Supplier<CompletableFuture<StatefulRedisConnection<String, byte[]>>> connection;
    private final Duration timeout;
    private final long pauseNanos;
    private final LongSupplier nanos;
    private final AtomicLong nextTryAt = new AtomicLong(REACHABLE);
    private volatile @Nullable AsyncProxyManager<String> buckets;

    RedisBuckets(RedisConnections redis, Duration timeout, Duration pause, LongSupplier nanos) {
        this.connection = redis.commands(CODEC);
        this.timeout = timeout;
        this.pauseNanos = pause.toNanos();
        this.nanos = nanos;
    }

    /** Whether the last try reached Redis. */
    boolean isReachable() {
        return nextTryAt.get() == REACHABLE;
    }

    @Override
    public Mono<Lease> lease(Limit limit, String key) {
        if (!mayTry()) {
            return Mono.empty();
        }
        return Mono.fromCompletionStage(() -> take(limit, RedisKeys.of(limit, key)))
                .timeout(timeout)
                .doOnNext(_ -> reached())
                .onErrorResume(fault -> {
                    failed(fault);
                    return Mono.empty();
                });
    }

    private boolean mayTry() {
        long at = nextTryAt.get();
        if (at == REACHABLE) {
            return true;
        }
        long now = nanos.getAsLong();
        return now - at >= 0 && nextTryAt.compareAndSet(at, now + pauseNanos);
    }

    private void reached() {
        if (nextTryAt.getAndSet(REACHABLE) != REACHABLE) {
            log.info("Limits are shared through Redis again");
        }
    }

    private void failed(Throwable fault) {
        if (nextTryAt.getAndSet(nanos.getAsLong() + pauseNanos) == REACHABLE) {
            log.warn("Redis is away, this gateway keeps the limits alone: {}", fault.toString());
        }
    }

    private CompletionStage<Lease> take(Limit limit, String key) {
        return connection
                .get()
                .thenCompose(open -> buckets(open)
                        .builder()
                        .build(key, limit.configuration())
                        .asVerbose()
                        .tryConsumeAsMuchAsPossible(limit.portion())
                        .thenApply(RedisBuckets::from));
    }

    private static Lease from(VerboseResult<Long> taken) {
        return new Lease(taken.getValue(), Math.max(0, taken.getState().getAvailableTokens()));
    }

    private AsyncProxyManager<String> buckets(StatefulRedisConnection<String, byte[]> open) {
        AsyncProxyManager<String> made = buckets;
        if (made == null) {
            made = Bucket4jLettuce.casBasedBuilder(open)
                    .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(AFTER_FULL))
                    .requestTimeout(timeout)
                    .build()
                    .asAsync();
            buckets = made;
        }
        return made;
    }
}
