package io.darvoza.common.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class LiveStreamsTests {

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    private final LiveStreams streams =
            new LiveStreams(Clock.fixed(NOW, ZoneOffset.UTC), new LiveProperties(Duration.ofSeconds(20), 16));

    @Test
    void aSilentStreamHasACommentAtTheStartAndAtEveryHeartbeat() {
        StepVerifier.withVirtualTime(() -> streams.sse(Flux.never(), NOW.plusSeconds(300)))
                .assertNext(this::isComment)
                .expectNoEvent(Duration.ofSeconds(20).minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .assertNext(this::isComment)
                .thenAwait(Duration.ofSeconds(20))
                .assertNext(this::isComment)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void theStreamEndsWhenTheTokenDoes() {
        var cancelled = new AtomicBoolean();
        StepVerifier.withVirtualTime(() -> streams.sse(
                        Flux.<ServerSentEvent<String>>never().doOnCancel(() -> cancelled.set(true)),
                        NOW.plusSeconds(30)))
                .assertNext(this::isComment)
                .thenAwait(Duration.ofSeconds(20))
                .assertNext(this::isComment)
                .thenAwait(Duration.ofSeconds(10))
                .verifyComplete();
        assertThat(cancelled).isTrue();
    }

    @Test
    void anExpiredTokenGetsNothing() {
        StepVerifier.withVirtualTime(() -> streams.sse(Flux.never(), NOW.minusSeconds(1)))
                .thenAwait(Duration.ofMillis(1))
                .thenConsumeWhile(this::comment)
                .verifyComplete();
    }

    @Test
    void eventsPassAndTheirEndEndsTheStream() {
        StepVerifier.create(streams.sse(Flux.just(event("1"), event("2")), NOW.plusSeconds(300))
                        .filter(event -> event.data() != null)
                        .map(ServerSentEvent::data))
                .expectNext("1", "2")
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void aClientThatIsTooSlowLosesItsStreamAndNotTheProcess() {
        var cancelled = new AtomicBoolean();
        Flux<ServerSentEvent<String>> endless = Flux.<ServerSentEvent<String>>create(sink -> {
                    for (int i = 0; i < 10_000 && !sink.isCancelled(); i++) {
                        sink.next(event(Integer.toString(i)));
                    }
                })
                .doOnCancel(() -> cancelled.set(true));

        StepVerifier.create(streams.sse(endless, NOW.plusSeconds(300)), 1)
                .expectNextCount(1)
                .thenAwait(Duration.ofMillis(50))
                .thenRequest(100_000)
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        assertThat(cancelled).isTrue();
    }

    private boolean comment(ServerSentEvent<String> event) {
        return event.comment() != null && event.data() == null;
    }

    private void isComment(ServerSentEvent<String> event) {
        assertThat(comment(event)).isTrue();
    }

    private static ServerSentEvent<String> event(String data) {
        return ServerSentEvent.builder(data).build();
    }
}
