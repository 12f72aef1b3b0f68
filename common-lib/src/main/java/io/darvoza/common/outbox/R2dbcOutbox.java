package io.darvoza.common.outbox;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.reactive.Failpoint;
import java.util.Collection;
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

    /**
     * @param topics that exist; an event for another would stop the relay
     * @param committed told after every commit that brought an event; must not block
     */
    R2dbcOutbox(DatabaseClient database, Collection<String> topics, Runnable committed) {
        this.database = database;
        this.topics = Set.copyOf(topics);
        this.committed = committed;
    }

    @Override
    public Mono<Void> append(String topic, String key, SuiteEvent event) {
        if (!topics.contains(topic)) {
            return Mono.error(new IllegalArgumentException(topic + " is not in darvoza.events.topics"));
        }
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(this::tellAfterCommit)
                .then(insert(topic, key, event))
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

    private Mono<Long> insert(String topic, String key, SuiteEvent event) {
        var statement = database.sql(INSERT)
                .bind("eventId", event.id())
                .bind("topic", topic)
                .bind("key", key)
                .bind("type", event.type())
                .bind("source", event.source())
                .bind("occurredAt", event.time())
                .bind("subject", event.subject())
                .bind("aggregateVersion", event.aggregateVersion())
                .bind("ownerKind", event.owner().kind())
                .bind("ownerId", event.owner().id())
                .bind("payload", event.json());
        var traced = event.traceparent() == null
                ? statement.bindNull("traceparent", String.class)
                : statement.bind("traceparent", event.traceparent());
        return traced.fetch().rowsUpdated();
    }
}
