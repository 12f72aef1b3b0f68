package io.darvoza.common.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Exceptions;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns a flow of events into a server-sent event stream that proxies keep open and that cannot outgrow the process. */
public final class LiveStreams {

    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

    private final Clock clock;
    private final LiveProperties properties;

    public LiveStreams(Clock clock, LiveProperties properties) {
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * The events, with a comment at the start and at every heartbeat, until they end or the time has come.
     *
     * <p>Events that the client is too slow to take wait in a buffer; when it is full the stream ends, and the client resumes by
     * {@code Last-Event-ID}. The source is cancelled when the stream ends, however it ends.
     *
     * @param closeAt when the caller's token expires
     */
    public Flux<ServerSentEvent<String>> sse(Flux<ServerSentEvent<String>> events, Instant closeAt) {
        return Flux.defer(() -> bounded(events).publish(this::withHeartbeat).takeUntilOther(end(closeAt)));
    }

    private Flux<ServerSentEvent<String>> bounded(Flux<ServerSentEvent<String>> events) {
        return events.onBackpressureBuffer(properties.buffer(), BufferOverflowStrategy.ERROR)
                .onErrorResume(Exceptions::isOverflow, overflow -> {
                    log.info("a live stream ends: its client takes events too slowly");
                    return Flux.empty();
                });
    }

    private Flux<ServerSentEvent<String>> withHeartbeat(Flux<ServerSentEvent<String>> events) {
        Flux<ServerSentEvent<String>> heartbeat = Flux.interval(Duration.ZERO, properties.heartbeat())
                .onBackpressureDrop()
                .map(_ -> ServerSentEvent.<String>builder().comment("").build())
                .takeUntilOther(events.ignoreElements());
        return Flux.merge(events, heartbeat);
    }

    private Mono<Long> end(Instant closeAt) {
        Duration left = Duration.between(clock.instant(), closeAt);
        return Mono.delay(left.isNegative() ? Duration.ZERO : left);
    }
}
