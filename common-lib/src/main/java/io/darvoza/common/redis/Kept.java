package io.darvoza.common.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts something once for all who ask; again only when it has failed. */
final class Kept<T> implements Supplier<CompletableFuture<T>> {

    private final Supplier<CompletableFuture<T>> start;
    private volatile @Nullable CompletableFuture<T> current;

    Kept(Supplier<CompletableFuture<T>> start) {
        this.start = start;
    }

    @Override
    public CompletableFuture<T> get() {
        CompletableFuture<T> kept = current;
        return kept == null || kept.isCompletedExceptionally() ? again() : kept;
    }

    private synchronized CompletableFuture<T> again() {
        CompletableFuture<T> kept = current;
        if (kept == null || kept.isCompletedExceptionally()) {
            kept = start.get();
            current = kept;
        }
        return kept;
    }
}
