package io.darvoza.gateway.events;

import io.darvoza.common.event.SuiteEvent;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The events of each owner, in order, of the last day and up to a bound. */
interface EventStreams {

    /** What happened to an event that was to be stored. */
    enum Outcome {
        STORED,
        /** It is there already. */
        DUPLICATE,
        /** A later state of the same aggregate is there already. */
        OLD
    }

    /** Events after an id; {@code lost} when that id is not there any more, so that others after it may be gone, too. */
    record Page(List<StoredEvent> events, boolean lost) {}

    /** Appends the event to its owner's stream unless it is a duplicate or old, and pokes all gateways. */
    Mono<Outcome> append(SuiteEvent event);

    /** The first events after the id. */
    Mono<Page> after(String owner, String id);

    /** The id of the last event; {@link Position#START} when there is none. */
    Mono<String> last(String owner);

    /** Names of owners that have new events, without end; an error when they cannot be heard any more. */
    Flux<String> pokes();
}
