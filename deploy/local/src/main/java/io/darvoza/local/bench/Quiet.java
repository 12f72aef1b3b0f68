package io.darvoza.local.bench;

import io.darvoza.local.bench.Machine.Ticks;
import io.darvoza.local.process.StartFailure;
import java.time.Duration;

/**
 * Waits for a moment in which the machine does little else: called while the measurement itself rests, it looks at the
 * processors for two seconds, again and again until they are mostly idle or the patience is over.
 */
record Quiet(double busyAtMost, Duration patience) {

    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Returns the busy share of the cores that was seen last. */
    double await() {
        var end = System.nanoTime() + patience.toNanos();
        double busy;
        do {
            var before = Ticks.now();
            sleep();
            busy = Ticks.now().busySince(before);
        } while (busy > busyAtMost && System.nanoTime() < end);
        return busy;
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
    }
}
