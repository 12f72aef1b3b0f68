package io.darvoza.bankingdocs.document;

import io.darvoza.common.redis.RedisCache;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Documents that were read a short while ago. Each is kept under the version of its row and the transaction that wrote it, and
 * both are asked of the database every time: what was changed or deleted since is never found, nor what was never committed.
 */
@Component
final class KnownViews {

    private static final Duration KEEP = Duration.ofSeconds(60);

    private final DatabaseClient database;
    private final RedisCache.Region<DocumentView> cache;

    KnownViews(DatabaseClient database, RedisCache cache) {
        this.database = database;
        this.cache = cache.region("documents", DocumentView.class, KEEP);
    }

    private record Version(long rowVersion, String transaction) {}

    /**
     * A document, empty when there is none.
     *
     * @param read reads it from the database
     */
    Mono<DocumentView> of(long id, Mono<DocumentView> read) {
        return version(id).flatMap(version -> {
            String key = "%d-%d-%s".formatted(id, version.rowVersion(), version.transaction());
            return cache.find(key).switchIfEmpty(read.doOnNext(view -> keep(key, version, view)));
        });
    }

    /** What has become another version meanwhile is kept by the next who asks. */
    private void keep(String key, Version version, DocumentView view) {
        if (view.rowVersion() == version.rowVersion()) {
            cache.keep(key, view);
        }
    }

    private Mono<Version> version(long id) {
        return database.sql("select row_version, xmin::text writer from document where id = :id and deleted_at is null")
                .bind("id", id)
                .map(row -> new Version(
                        Objects.requireNonNull(row.get("row_version", Long.class)),
                        Objects.requireNonNull(row.get("writer", String.class))))
                .one();
    }
}
