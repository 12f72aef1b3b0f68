package io.darvoza.common.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger count = new AtomicInteger();
    private Rounds rounds;
    private volatile Thread thread;

    @AfterEach
    void stop() {
        rounds.stop();
    }

    @Test
    void theFirstWaitsAsLongAsItIsTold() {
        begin(LONG, _ -> LONG);

        await().during(Duration.ofMillis(200)).until(() -> count.get() == 0);
    }

    @Test
    void eachSaysHowLongTheNextOneWaits() {
        begin(Duration.ZERO, number -> number < 5 ? Duration.ZERO : LONG);

        await().until(() -> count.get() == 5);
        await().during(Duration.ofMillis(200)).until(() -> count.get() == 5);
    }

    @Test
    void aFaultDoesNotEndThem() {
        begin(Duration.ZERO, number -> {
            if (number == 1) {
                throw new IllegalStateException("of the first round");
            }
            return LONG;
        });

        await().until(() -> count.get() == 2);
    }

    @Test
    void aStopEndsThePause() throws InterruptedException {
        begin(Duration.ZERO, _ -> LONG);
        await().until(() -> count.get() == 1);
        assertThat(rounds.isRunning()).isTrue();

        rounds.stop();

        assertThat(rounds.isRunning()).isFalse();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }

    private void begin(Duration before, IntFunction<Duration> round) {
        rounds = new Rounds("rounds", before) {
            @Override
            protected Duration round() {
                thread = Thread.currentThread();
                return round.apply(count.incrementAndGet());
            }
        };
        rounds.start();
    }
}
