package io.darvoza.bankingdocs.document;

import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.StoredObject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes objects that no document has: what a process left that died between store and commit. Such an object is older than
 * the grace, which no running upload is, so nothing that is still wanted can be taken.
 */
@Component
final class OrphanSweep {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);
    private static final int BATCH = 500;

    private final ObjectStore store;
    private final DatabaseClient database;
    private final DocumentProperties properties;
    private final Clock clock;
    private final Counter removed;

    OrphanSweep(
            ObjectStore store,
            DatabaseClient database,
            DocumentProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.database = database;
        this.properties = properties;
        this.clock = clock;
        this.removed = meters.counter("darvoza.documents.orphans.removed");
    }

    /** One sweep over the recent objects; tells how many it removed. */
    Mono<Long> sweep() {
        Instant now = clock.instant();
        Instant newest = now.minus(properties.sweepGrace());
        return store.list(ObjectKeys.PREFIX, ObjectKeys.before(now.minus(properties.sweepBack())))
                .take(properties.sweepLimit())
                .filter(object -> object.storedAt().isBefore(newest))
                .map(StoredObject::key)
                .buffer(BATCH)
                .concatMap(this::orphans)
                .concatMap(this::remove)
                .count()
                .flatMap(count ->
                        store.abortUnfinishedUploads(ObjectKeys.PREFIX, newest).thenReturn(count));
    }

    private Flux<String> orphans(List<String> keys) {
        return database.sql(
                        "select storage_key from document_version where storage_key = any(:keys) and purged_at is null")
                .bind("keys", keys.toArray(String[]::new))
                .mapValue(String.class)
                .all()
                .collectList()
                .flatMapIterable(known -> without(keys, known));
    }

    private static Set<String> without(List<String> keys, List<String> known) {
        Set<String> rest = new HashSet<>(keys);
        known.forEach(rest::remove);
        return rest;
    }

    private Mono<String> remove(String key) {
        return store.delete(key).thenReturn(key).doOnNext(gone -> {
            removed.increment();
            log.warn("Removed {}: no document has it", gone);
        });
    }
}
