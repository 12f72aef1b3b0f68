package io.darvoza.gateway.events;

import io.darvoza.gateway.GatewayProblem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** Counts open streams, by principal and in all, and refuses more than there may be. */
final class OpenStreams {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int perPrincipal;
    private final int inAll;
    private final Map<String, Integer> byPrincipal = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    OpenStreams(EventsProperties properties, MeterRegistry meters) {
        this.perPrincipal = properties.streamsPerPrincipal();
        this.inAll = properties.openStreams();
        Gauge.builder("darvoza.events.streams", open, AtomicInteger::get)
                .description("Open streams of live events")
                .register(meters);
    }

    /**
     * Raises {@link GatewayProblem#TOO_MANY_STREAMS} or {@link GatewayProblem#EVENTS_UNAVAILABLE} when there is no place. It
     * reserves none, so that a client that goes away before its stream begins leaves nothing behind.
     */
    void requirePlace(String principal) {
        if (byPrincipal.getOrDefault(principal, 0) >= perPrincipal) {
            throw GatewayProblem.TOO_MANY_STREAMS.exception(perPrincipal).retryAfter(RETRY_AFTER);
        }
        if (open.get() >= inAll) {
            throw GatewayProblem.EVENTS_UNAVAILABLE.exception().retryAfter(RETRY_AFTER);
        }
    }

    /** The stream, counted while it is open. Of streams that raced for the last place the late ones end at once. */
    <T> Flux<T> counted(String principal, Flux<T> stream) {
        return Flux.using(() -> enter(principal), inside -> inside ? stream : Flux.empty(), inside -> leave(principal));
    }

    private boolean enter(String principal) {
        open.incrementAndGet();
        int mine = byPrincipal.merge(principal, 1, Integer::sum);
        return mine <= perPrincipal && open.get() <= inAll;
    }

    private void leave(String principal) {
        open.decrementAndGet();
        byPrincipal.computeIfPresent(principal, (_, count) -> count == 1 ? null : count - 1);
    }
}
