package io.darvoza.gateway.events;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;
import reactor.util.retry.Retry;

/**
 * Wakes the open streams of this gateway when their owners have new events. One subscription at Redis serves them all, and
 * is there while at least one stream is open. A poke that is lost with the connection is made up for by the next poll.
 */
final class Pokes {

    private static final Logger log = LoggerFactory.getLogger(Pokes.class);

    /** One open stream. Pokes that come while it reads are one poke. */
    private static final class Sleeper {

        private final Sinks.Many<Boolean> pokes = Sinks.many()
                .unicast()
                .onBackpressureBuffer(Queues.<Boolean>one().get());

        /** Serialised, since a sink refuses a second thread; a full queue means that it will read anyway. */
        @SuppressWarnings("CheckReturnValue")
        synchronized void poke() {
            pokes.tryEmitNext(true);
        }
    }

    private final Map<String, Set<Sleeper>> sleepers = new ConcurrentHashMap<>();
    private final Flux<Boolean> dispatcher;

    Pokes(EventStreams streams, Duration poll) {
        Flux<String> heard = streams.pokes()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(2))
                        .transientErrors(true)
                        .doBeforeRetry(Pokes::log))
                .doOnNext(this::wake);
        Flux<Long> polled = Flux.interval(poll).onBackpressureDrop().doOnNext(_ -> wakeAll());
        this.dispatcher = Flux.merge(heard, polled)
                .ignoreElements()
                .cast(Boolean.class)
                .flux()
                .share();
    }

    /** Signals now, and whenever one of the owners may have new events; without end. */
    Flux<Boolean> of(Collection<String> owners) {
        return Flux.using(
                () -> add(owners),
                sleeper -> Flux.merge(sleeper.pokes.asFlux(), dispatcher),
                sleeper -> remove(owners, sleeper));
    }

    private static void log(Retry.RetrySignal retry) {
        if (retry.totalRetriesInARow() == 0) {
            log.warn(
                    "New events cannot be heard of, only polled for: {}",
                    retry.failure().toString());
        }
    }

    private Sleeper add(Collection<String> owners) {
        Sleeper sleeper = new Sleeper();
        sleeper.poke();
        owners.forEach(owner -> sleepers.compute(owner, (_, set) -> {
            Set<Sleeper> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(sleeper);
            return all;
        }));
        return sleeper;
    }

    private void remove(Collection<String> owners, Sleeper sleeper) {
        owners.forEach(owner -> sleepers.computeIfPresent(owner, (_, set) -> {
            set.remove(sleeper);
            return set.isEmpty() ? null : set;
        }));
    }

    private void wake(String owner) {
        sleepers.getOrDefault(owner, Set.of()).forEach(Sleeper::poke);
    }

    private void wakeAll() {
        sleepers.values().forEach(set -> set.forEach(Sleeper::poke));
    }
}
