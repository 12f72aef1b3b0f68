package io.darvoza.common.inbox;

import io.darvoza.common.event.SuiteEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The inbox in the service's own database. */
final class R2dbcInbox implements Inbox {

    /** A second delivery at the same time waits here for the first one's transaction. */
    private static final String REMEMBER = """
            INSERT INTO inbox_event (consumer, event_id) VALUES (:consumer, :event) ON CONFLICT DO NOTHING
            """;

    /** An equal version passes: one change may tell two events. */
    private static final String ADVANCE = """
            INSERT INTO inbox_version (consumer, source, subject, aggregate_version)
            VALUES (:consumer, :source, :subject, :version)
            ON CONFLICT (consumer, source, subject)
            DO UPDATE SET aggregate_version = excluded.aggregate_version, updated_at = now()
            WHERE inbox_version.aggregate_version <= excluded.aggregate_version
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    R2dbcInbox(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Mono<Boolean> once(String consumer, SuiteEvent event, Mono<Void> effect) {
        return remember(consumer, event)
                .filter(isNew -> isNew)
                .flatMap(_ -> advance(consumer, event))
                .filter(isCurrent -> isCurrent)
                .flatMap(_ -> effect.thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    private Mono<Boolean> remember(String consumer, SuiteEvent event) {
        return database.sql(REMEMBER)
                .bind("consumer", consumer)
                .bind("event", event.id())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<Boolean> advance(String consumer, SuiteEvent event) {
        return database.sql(ADVANCE)
                .bind("consumer", consumer)
                .bind("source", event.source())
                .bind("subject", event.subject())
                .bind("version", event.aggregateVersion())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
