package io.darvoza.bankingdocs.page;

import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where the employees' feed stands, and how many documents wait. */
@Component
final class Standing {

    private final DatabaseClient database;

    Standing(DatabaseClient database) {
        this.database = database;
    }

    /**
     * To be read before what a page shows, so that nothing falls between.
     *
     * @param waiting counted up to a thousand: nobody reads a larger number
     */
    record Now(long place, long waiting) {}

    Mono<Now> now() {
        return database.sql("""
            select (select coalesce(max(seq), 0) from document_feed) place,
                   (select count(*) from (select 1 from document
                        where status_id = 11 and deleted_at is null limit 1000) pending) waiting
            """)
                .map(row -> new Now(
                        Objects.requireNonNull(row.get("place", Long.class)),
                        Objects.requireNonNull(row.get("waiting", Long.class))))
                .one();
    }
}
