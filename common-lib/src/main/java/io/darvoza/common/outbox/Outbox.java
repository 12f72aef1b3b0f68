package io.darvoza.common.outbox;

import io.darvoza.common.database.GroupCommit;
import io.darvoza.common.database.Insert;
import io.darvoza.common.database.Write;
import io.darvoza.common.event.SuiteEvent;
import reactor.core.publisher.Mono;

/** Where a use case leaves an event for Kafka. */
public interface Outbox {

    /**
     * Writes the event in the caller's transaction: it is sent if and only if that transaction commits, at least once, and
     * after every event that was appended earlier under the same topic and key.
     *
     * <p>Append after the aggregate's row was locked or updated: then the order of events is the order of its versions.
     * Without a running transaction, or for a topic that the service does not declare, it fails and writes nothing.
     *
     * @param topic one of {@code darvoza.events.topics}
     * @param key id of the aggregate
     */
    Mono<Void> append(String topic, String key, SuiteEvent event);

    /** The same for {@link Write#together}, under the same conditions. */
    Write event(String topic, String key, SuiteEvent event);

    /** The same for {@link GroupCommit}. */
    Insert.Row row(String topic, String key, SuiteEvent event);
}
