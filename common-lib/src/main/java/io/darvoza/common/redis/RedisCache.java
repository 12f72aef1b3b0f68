package io.darvoza.common.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps records in Redis for a while. What is kept is never the truth: a key must name one version of one thing, so that an
 * old value cannot be taken for a new one, and whoever finds nothing makes the value anew.
 *
 * <p>Redis may be away or hang: after a failure or a time-out nobody asks it for a pause, then one request tries. So it costs
 * one request in each pause the time-out, and the others nothing.
 */
public final class RedisCache {

    private static final Logger log = LoggerFactory.getLogger(RedisCache.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long REACHABLE = Long.MIN_VALUE;

    private final Supplier<CompletableFuture<StatefulRedisConnection<String, String>>> connection;
    private final CacheProperties properties;
    private final MeterRegistry meters;
    private final LongSupplier nanos;
    private final AtomicLong nextTryAt = new AtomicLong(REACHABLE);
    private final AtomicBoolean away = new AtomicBoolean();

    RedisCache(RedisConnections redis, CacheProperties properties, MeterRegistry meters, LongSupplier nanos) {
        this.connection = redis.commands(StringCodec.UTF8);
        this.properties = properties;
        this.meters = meters;
        this.nanos = nanos;
        // Begins to connect, so that the first who asks finds a connection.
        var unused = connection.get();
    }

    /**
     * A part of the cache.
     *
     * @param name a fixed name, for keys and metrics
     * @param keep how long a value is kept
     */
    public <T extends Record> Region<T> region(String name, Class<T> type, Duration keep) {
        return new Region<>(name, type, keep);
    }

    /** Values of one type. */
    public final class Region<T extends Record> {

        private final String name;
        private final String prefix;
        private final Class<T> type;
        private final Duration keep;

        private Region(String name, Class<T> type, Duration keep) {
            this.name = name;
            this.type = type;
            this.keep = keep;
            // Another release's record is another key: its missing members would read as absent ones.
            int shape = Arrays.toString(type.getRecordComponents()).hashCode();
            this.prefix = "%s:%s:%08x:".formatted(properties.namespace(), name, shape);
        }

        /** What is kept under a key; empty when there is nothing, or Redis does not say. */
        public Mono<T> find(String key) {
            return Mono.defer(() -> mayTry() ? ask(key) : Mono.empty())
                    .doOnNext(_ -> count("hit"))
                    .switchIfEmpty(Mono.fromRunnable(() -> count("miss")));
        }

        private Mono<T> ask(String key) {
            CompletableFuture<StatefulRedisConnection<String, String>> open = connection.get();
            if (!open.isDone()) {
                connecting(open);
                return Mono.empty();
            }
            return Mono.fromFuture(() -> open.thenCompose(
                            redis -> redis.async().get(prefix + key).toCompletableFuture()))
                    .timeout(properties.timeout())
                    .doOnSuccess(_ -> reached())
                    .onErrorResume(fault -> {
                        failed(fault);
                        return Mono.empty();
                    })
                    .flatMap(this::read);
        }

        private Mono<T> read(String json) {
            try {
                return Mono.just(JSON.readValue(json, type));
            } catch (JacksonException unreadable) {
                return Mono.empty();
            }
        }

        /** Keeps a value; nobody waits for it, and nobody is told when it did not work. */
        public void keep(String key, T value) {
            if (isReachable()) {
                String json = JSON.writeValueAsString(value);
                var unused =
                        connection.get().thenCompose(open -> open.async().psetex(prefix + key, keep.toMillis(), json));
            }
        }

        private void count(String result) {
            meters.counter("darvoza.cache", "cache", name, "result", result).increment();
        }
    }

    /** Whether the last try reached Redis. */
    boolean isReachable() {
        return nextTryAt.get() == REACHABLE;
    }

    private boolean mayTry() {
        long at = nextTryAt.get();
        if (at == REACHABLE) {
            return true;
        }
        long now = nanos.getAsLong();
        return now - at >= 0
                && nextTryAt.compareAndSet(at, now + properties.pause().toNanos());
    }

    /** Nobody waits for a connection: who comes after the pause finds it, or begins the next. */
    private void connecting(CompletableFuture<?> open) {
        nextTryAt.set(nanos.getAsLong() + properties.pause().toNanos());
        var unused = open.whenComplete((_, fault) -> {
            if (fault != null) {
                failed(fault);
            }
        });
    }

    private void reached() {
        nextTryAt.set(REACHABLE);
        if (away.getAndSet(false)) {
            log.info("Redis keeps values again");
        }
    }

    private void failed(Throwable fault) {
        nextTryAt.set(nanos.getAsLong() + properties.pause().toNanos());
        if (!away.getAndSet(true)) {
            log.warn("Redis is away, nothing is kept: {}", fault.toString());
        }
    }
}
