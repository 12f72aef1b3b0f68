package io.darvoza.local.bench;

import io.darvoza.local.client.SampleIin;
import io.darvoza.local.process.StartFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Verifications by several clients at once. One that fails ends the measurement. */
record EgovLoad(EgovSite site, String token) {

    private static final int CLIENTS = 32;

    /** One verification, which must be answered; the answer's body. */
    String verify(HttpLine line, String iin) {
        var answer = line.send(
                "POST", EgovSite.VERIFY, Map.of("Authorization", "Bearer " + token), "{\"iin\":\"" + iin + "\"}");
        if (answer.status() != 200 || !answer.body().contains("\"status\":\"verified\"")) {
            throw new StartFailure("a verification is answered with %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer.body();
    }

    /** Asks for each number once, so that it is remembered. */
    void remember(int first, int count) {
        try (var line = new HttpLine(site.egov().port())) {
            for (var n = first; n < first + count; n++) {
                var ignored = verify(line, SampleIin.of(n));
            }
        }
    }

    /** How many requests the portal got while so many asked for one unknown number at once. */
    int misses(int parallel, String iin) {
        var before = site.portal().asked();
        var ready = new CountDownLatch(parallel);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, parallel)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        try (var line = new HttpLine(site.egov().port())) {
                            ready.countDown();
                            ready.await();
                            return verify(line, iin);
                        }
                    }))
                    .toList();
            for (var one : all) {
                var ignored = one.get();
            }
        } catch (ExecutionException e) {
            throw new StartFailure("an identical miss failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
        return site.portal().asked() - before;
    }

    /** How long each of so many hits a second took, counted from when it was due. */
    Timings at(int perSecond, Duration time, int first, int numbers) {
        var ticks = Math.toIntExact(perSecond * time.toSeconds());
        var next = new AtomicInteger();
        var took = new ConcurrentLinkedQueue<Double>();
        var start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var all = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        try (var line = new HttpLine(site.egov().port())) {
                            for (var tick = next.getAndIncrement(); tick < ticks; tick = next.getAndIncrement()) {
                                var due = start + (long) (tick * 1e9 / perSecond);
                                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                                var ignored = verify(line, SampleIin.of(first + tick % numbers));
                                took.add((System.nanoTime() - due) / 1e6);
                            }
                            return null;
                        }
                    }))
                    .toList();
            for (var one : all) {
                var ignored = one.get();
            }
        } catch (ExecutionException e) {
            throw new StartFailure("a hit failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
        return Timings.of(took);
    }
}
