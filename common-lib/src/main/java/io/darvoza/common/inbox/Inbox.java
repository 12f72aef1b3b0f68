package io.darvoza.common.inbox;

import io.darvoza.common.event.SuiteEvent;
import reactor.core.publisher.Mono;

/** What makes an event's effect happen once for each consumer. */
public interface Inbox {

    /**
     * Runs the effect in one transaction with the note that this consumer has seen the event.
     *
     * <p>The effect does not run for an event that was seen before, and not for one whose aggregate version is older than
     * one already seen of the same source and subject. When the effect fails, nothing is noted and the event may come again.
     *
     * @param consumer name of the consumer, the same for all instances; each has its own memory
     * @return whether the effect ran
     */
    Mono<Boolean> once(String consumer, SuiteEvent event, Mono<Void> effect);
}
