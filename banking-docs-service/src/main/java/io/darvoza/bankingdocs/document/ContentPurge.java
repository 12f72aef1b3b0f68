package io.darvoza.bankingdocs.document;

import io.darvoza.common.objectstore.ObjectStore;
import java.time.Clock;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes the contents of deleted documents from the store; row and history stay. First the object, then the note that it is
 * gone: a process that dies in between removes it again, which harms nothing.
 */
@Component
final class ContentPurge {

    private static final long BATCH = 200;

    private final ObjectStore store;
    private final DatabaseClient database;
    private final Clock clock;

    ContentPurge(ObjectStore store, DatabaseClient database, Clock clock) {
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    private record Gone(long documentId, int version, String key) {}

    /** Removes all that waits for it, batch by batch; tells how many that were. */
    Mono<Long> run() {
        return batch().expand(done -> done == BATCH ? batch() : Mono.empty()).reduce(0L, Long::sum);
    }

    private Mono<Long> batch() {
        return waiting()
                .collectList()
                .flatMapIterable(all -> all)
                .concatMap(gone -> store.delete(gone.key()).then(note(gone)).thenReturn(gone))
                .count();
    }

    private Flux<Gone> waiting() {
        return database.sql("""
                        select v.document_id, v.no, v.storage_key from document d
                        join document_version v on v.document_id = d.id
                        where d.deleted_at is not null and v.purged_at is null
                        order by d.deleted_at limit :batch
                        """)
                .bind("batch", BATCH)
                .map(row -> new Gone(
                        Objects.requireNonNull(row.get("document_id", Long.class)),
                        Objects.requireNonNull(row.get("no", Integer.class)),
                        Objects.requireNonNull(row.get("storage_key", String.class))))
                .all();
    }

    private Mono<Void> note(Gone gone) {
        return database.sql("update document_version set purged_at = :now where document_id = :id and no = :version")
                .bind("now", clock.instant())
                .bind("id", gone.documentId())
                .bind("version", gone.version())
                .then();
    }
}
