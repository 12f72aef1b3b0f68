package io.darvoza.common.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class DetachedTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Detached detached = detached(2, Duration.ofSeconds(2));

    @Test
    void givesTheResult() {
        assertThat(detached.run("work", Mono.just("done")).block(BOUND)).isEqualTo("done");
        assertThat(detached.run("work", Mono.<String>empty()).block(BOUND)).isNull();
    }

    @Test
    void whoGoesAwayDoesNotStopTheWork() throws InterruptedException {
        var finished = new CountDownLatch(1);
        Disposable caller = detached.run(
                        "work", Mono.delay(Duration.ofMillis(100)).doOnSuccess(_ -> finished.countDown()))
                .subscribe();

        caller.dispose();

        assertThat(finished.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theWorkSeesTheCallersContext() {
        Mono<String> work = Mono.deferContextual(context -> Mono.just(context.<String>get("caller")));

        assertThat(detached.run("work", work)
                        .contextWrite(context -> context.put("caller", "someone"))
                        .block(BOUND))
                .isEqualTo("someone");
    }

    @Test
    void aFailureReachesTheCallerAndIsCounted() {
        assertThatThrownBy(() -> detached.run("work", Mono.error(new IllegalStateException("no")))
                        .block(BOUND))
                .hasMessage("no");

        assertThat(meters.counter("darvoza.detached.failures", "work", "work").count())
                .isEqualTo(1);
    }

    @Test
    void thereAreOnlySoManyPlaces() {
        Sinks.Empty<Void> end = Sinks.empty();
        detached.run("work", end.asMono()).subscribe();
        detached.run("work", end.asMono()).subscribe();

        assertThatThrownBy(() -> detached.run("work", Mono.empty()).block(BOUND))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(CommonProblem.SERVICE_UNAVAILABLE));

        end.tryEmitEmpty();
        assertThat(detached.run("work", Mono.just("free again")).block(BOUND)).isEqualTo("free again");
    }

    @Test
    void aShutdownWaitsForRunningWork() {
        var finished = new AtomicBoolean();
        detached.run("work", Mono.delay(Duration.ofMillis(300)).doOnSuccess(_ -> finished.set(true)))
                .subscribe();

        detached.stop();

        assertThat(finished).isTrue();
    }

    @Test
    void aShutdownDoesNotWaitForEver() {
        var impatient = detached(2, Duration.ofMillis(50));
        impatient.run("work", Mono.never()).subscribe();

        long started = System.nanoTime();
        impatient.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    private Detached detached(int limit, Duration drain) {
        return new Detached(new DetachedProperties(limit, drain), meters);
    }
}
