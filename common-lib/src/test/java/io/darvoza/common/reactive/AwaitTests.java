package io.darvoza.common.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class AwaitTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void givesTheResultOrNullWhenThereIsNone() {
        assertThat(Await.within(Mono.delay(Duration.ofMillis(10)).thenReturn("done"), BOUND))
                .isEqualTo("done");
        assertThat(Await.within(Mono.<String>empty(), BOUND)).isNull();
    }

    @Test
    void throwsTheFailureItself() {
        var failure = new IllegalArgumentException("no");

        assertThatThrownBy(() -> Await.within(Mono.error(failure), BOUND)).isSameAs(failure);
        assertThatThrownBy(() -> Await.within(Mono.error(new IOException("no")), BOUND))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void workThatTakesTooLongIsNotCancelled() {
        var cancelled = new AtomicBoolean();
        var finished = new AtomicBoolean();
        Mono<Long> slow = Mono.delay(Duration.ofMillis(200))
                .doOnCancel(() -> cancelled.set(true))
                .doOnSuccess(_ -> finished.set(true));

        assertThatThrownBy(() -> Await.within(slow, Duration.ofMillis(20)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);

        Await.within(Mono.delay(Duration.ofMillis(400)), BOUND);
        assertThat(cancelled).isFalse();
        assertThat(finished).isTrue();
    }

    @Test
    void anEventLoopMustNotWait() {
        Mono<String> waiting =
                Mono.fromSupplier(() -> Await.within(Mono.just("x"), BOUND)).subscribeOn(Schedulers.parallel());

        assertThatThrownBy(() -> waiting.block(BOUND)).isInstanceOf(IllegalStateException.class);
    }
}
