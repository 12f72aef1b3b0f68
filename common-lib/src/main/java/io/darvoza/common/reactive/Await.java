package io.darvoza.common.reactive;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How blocking code (listeners, jobs) waits for reactive code: the only place where the suite blocks. */
public final class Await {

    private Await() {}

    /**
     * The result of the work, or null when it is empty.
     *
     * <p>When the time is over the caller gets an {@link CompletionException}, and the work goes on: a cancelled
     * transaction can leak its connection, so the database's own time-outs end it. The bound belongs well above them.
     */
    public static <T> @Nullable T within(Mono<T> work, Duration bound) {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException("an event loop must not wait: " + Thread.currentThread());
        }
        try {
            return work.toFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException("no result within " + bound, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted before a result came", e);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(failure);
        };
    }
}
