package io.darvoza.local.supervisor;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts parts side by side, each as soon as what it needs is ready; starts a part again when it dies; stops them in the
 * opposite order.
 */
final class PartsRunner {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final List<Part> parts;
    private final Board board;
    private final Journal journal;
    private final Map<String, Child> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private volatile boolean stopping;

    /** @param parts so ordered that a part comes after those it needs */
    PartsRunner(List<Part> parts, Board board, Journal journal) {
        this.parts = parts;
        this.board = board;
        this.journal = journal;
    }

    /**
     * Returns when all are ready.
     *
     * @throws StartFailure of the first part that fails; the others may still run
     */
    void startAll() {
        var started = new HashMap<String, CompletableFuture<Void>>();
        for (var part : parts) {
            var needed = part.needs().stream().map(started::get).toArray(CompletableFuture[]::new);
            var start = CompletableFuture.allOf(needed).thenRunAsync(() -> start(part), threads);
            start.exceptionally(failure -> {
                allReady.completeExceptionally(failure);
                return null;
            });
            started.put(part.name(), start);
        }
        CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> allReady.complete(null));
        try {
            allReady.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartFailure failure ? failure : e;
        }
    }

    /** Ends {@link #startAll} early. */
    void abandonStart() {
        allReady.completeExceptionally(new StartFailure("stopped while starting"));
    }

    /** Returns when none is left. */
    void stopAll() {
        stopping = true;
        threads.shutdownNow();
        awaitThreads();
        var stopped = new HashMap<String, CompletableFuture<Void>>();
        try (var stops = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var part : parts.reversed()) {
                var dependents = parts.stream()
                        .filter(other -> other.needs().contains(part.name()))
                        .map(other -> stopped.get(other.name()))
                        .toArray(CompletableFuture[]::new);
                stopped.put(part.name(), CompletableFuture.allOf(dependents).thenRunAsync(() -> stop(part), stops));
            }
            stopped.values().forEach(CompletableFuture::join);
        }
    }

    private void start(Part part) {
        board.starting(part);
        var begin = System.nanoTime();
        var child = started(part);
        running.put(part.name(), child);
        var seconds = (System.nanoTime() - begin) / 1e9;
        board.ready(part, seconds);
        journal.ready(part, seconds);
        child.exit().thenAccept(code -> died(part, child, code));
    }

    /** Whatever goes wrong is told: who waits for the part would not hear of it otherwise, and nobody would try again. */
    private static Child started(Part part) {
        try {
            return part.start().get();
        } catch (StartFailure failure) {
            throw failure;
        } catch (RuntimeException fault) {
            var told = new StartFailure("%s could not be started: %s".formatted(part.name(), fault));
            told.initCause(fault);
            throw told;
        }
    }

    private void died(Part part, Child child, int code) {
        if (stopping) {
            return;
        }
        if (!allReady.isDone()) {
            var failure = new StartFailure("%s ended with exit code %d".formatted(part.name(), code), child.log());
            allReady.completeExceptionally(failure);
            return;
        }
        var times = board.died(part);
        journal.say("%s ended with exit code %d and is started again".formatted(part.name(), code));
        threads.execute(() -> startAgain(part, times));
    }

    private void startAgain(Part part, int times) {
        try {
            Thread.sleep(pause(times));
            start(part);
        } catch (StartFailure failure) {
            if (!stopping) {
                journal.say(failure.sentence());
                startAgain(part, board.died(part));
            }
        } catch (InterruptedException e) {
            // The suite stops.
            Thread.currentThread().interrupt();
        }
    }

    /** 1, 2, 4 … 30 s. */
    private static Duration pause(int times) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 5));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void stop(Part part) {
        var child = running.get(part.name());
        if (child != null) {
            child.close();
        }
        board.stopped(part);
    }

    /** A part that was just starting closes itself when interrupted. */
    private void awaitThreads() {
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                journal.say("Some starts did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
