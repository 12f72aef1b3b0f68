package io.darvoza.common.outbox;

import static java.util.Map.entry;

import io.darvoza.common.database.Insert;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.common.tracing.RequestTrace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** The outbox in the service's own database. */
final class R2dbcOutbox implements Outbox {

    private static final String INSERT = """
            INSERT INTO outbox_event (event_id, topic, event_key, type, source, occurred_at, subject, aggregate_version,
                                      owner_kind, owner_id, traceparent, payload)
            VALUES (:eventId, :topic, :key, :type, :source, :occurredAt, :subject, :aggregateVersion,
                    :ownerKind, :ownerId, :traceparent, :payload)
            """;

    private final DatabaseClient database;
    private final Set<String> topics;
    private final Runnable committed;
    private final Insert<Appended> rows;

    private record Appended(String topic, String key, SuiteEvent event) {}

    /**
     * @param topics that exist; an event for another would stop the relay
     * @param committed told after every commit that brought an event; must not block
     */
    R2dbcOutbox(DatabaseClient database, Collection<String> topics, Runnable committed) {
        this.database = database;
        this.topics = Set.copyOf(topics);
        this.committed = committed;
        this.rows = Insert.<Appended>into("outbox_event")
                .uuid("event_id", of -> of.event().id())
                .text("topic", Appended::topic)
                .text("event_key", Appended::key)
                .text("type", of -> of.event().type())
                .text("source", of -> of.event().source())
                .time("occurred_at", of -> of.event().time())
                .text("subject", of -> of.event().subject())
                .bigint("aggregate_version", of -> of.event().aggregateVersion())
                .text("owner_kind", of -> of.event().owner().kind())
                .text("owner_id", of -> of.event().owner().id())
                .text("traceparent", of -> of.event().traceparent())
                .text("payload", of -> of.event().json())
                .committed(committed);
    }

    @Override
    public Mono<Void> append(String topic, String key, SuiteEvent event) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .then(Mono.deferContextual(reactor -> Write.together(
                        database, List.of(event(topic, key, event.within(RequestTrace.parent(reactor)))))));
    }

    @Override
    public Write event(String topic, String key, SuiteEvent event) {
        require(topic);
        return new Write(
                INSERT,
                Map.ofEntries(
                        entry("eventId", event.id()),
                        entry("topic", topic),
                        entry("key", key),
                        entry("type", event.type()),
                        entry("source", event.source()),
                        entry("occurredAt", event.time()),
                        entry("subject", event.subject()),
                        entry("aggregateVersion", event.aggregateVersion()),
                        entry("ownerKind", event.owner().kind()),
                        entry("ownerId", event.owner().id()),
                        entry("traceparent", SqlValue.of(String.class, event.traceparent())),
                        entry("payload", event.json())),
                _ -> written());
    }

    @Override
    public Insert.Row row(String topic, String key, SuiteEvent event) {
        require(topic);
        return rows.row(new Appended(topic, key, event));
    }

    private void require(String topic) {
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException(topic + " is not in darvoza.events.topics");
        }
    }

    private Mono<Void> written() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(this::tellAfterCommit)
                .doOnSuccess(_ -> Failpoint.reached("outbox.after-write"))
                .then();
    }

    private void tellAfterCommit(TransactionSynchronizationManager transaction) {
        transaction.registerSynchronization(new TransactionSynchronization() {
            @Override
            public Mono<Void> afterCommit() {
                return Mono.fromRunnable(committed);
            }
        });
    }
}
