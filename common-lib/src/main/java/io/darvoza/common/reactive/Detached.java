package io.darvoza.common.reactive;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.tracing.RequestTrace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Runs work to its end even when the caller goes away: a command that has begun to move something must not be rolled back
 * because a client closed its connection.
 *
 * <p>At most so much work runs at once as {@code darvoza.detached.limit} says. Failures are logged and counted
 * ({@code darvoza.detached.failures}). At shutdown running work gets {@code darvoza.detached.drain} to finish.
 */
public final class Detached implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Detached.class);

    private final int limit;
    private final Duration drain;
    private final MeterRegistry meters;
    private final Semaphore places;
    private volatile boolean running;

    public Detached(DetachedProperties properties, MeterRegistry meters) {
        this.limit = properties.limit();
        this.drain = properties.drain();
        this.meters = meters;
        this.places = new Semaphore(limit);
        Gauge.builder("darvoza.detached.running", () -> limit - places.availablePermits())
                .register(meters);
    }

    /**
     * Starts the work when subscribed to and gives its result. Who cancels no longer hears of it, but it goes on.
     *
     * <p>Raises {@link CommonProblem#SERVICE_UNAVAILABLE} when all places are taken.
     *
     * @param name a fixed name of the work, for the log and the metrics
     */
    public <T> Mono<T> run(String name, Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (!places.tryAcquire()) {
                return Mono.error(CommonProblem.SERVICE_UNAVAILABLE.exception().retryAfter(Duration.ofSeconds(1)));
            }
            CompletableFuture<@Nullable T> result = work.doOnError(
                            failure -> RequestTrace.inLog(context, () -> failed(name, failure)))
                    .doFinally(_ -> places.release())
                    .contextWrite(own -> own.putAll(context))
                    .toFuture();
            return Mono.fromFuture(result, true);
        });
    }

    private void failed(String name, Throwable failure) {
        log.warn("{} failed: {}", name, failure.toString());
        meters.counter("darvoza.detached.failures", "work", name).increment();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Waits until nothing runs any more, at most for the drain time. */
    @Override
    public void stop() {
        running = false;
        try {
            if (places.tryAcquire(limit, drain.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(limit);
            } else {
                log.warn("{} pieces of detached work did not finish in {}", limit - places.availablePermits(), drain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server, which still brings work, and before what the work needs. */
    @Override
    public int getPhase() {
        return 0;
    }
}
