package io.darvoza.payments.page.desk;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Filters under a name, in table {@code desk_view}: a person's own, and those that somebody shares with all. */
@Component
final class SavedViews {

    private static final int MAX_NAME = 60;
    private static final int MAX_QUERY = 2000;
    private static final int MOST = 100;

    private final DatabaseClient database;
    private final TimeOrderedIds ids;
    private final Clock clock;

    SavedViews(DatabaseClient database, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** A filter with its name. */
    public record SavedView(UUID id, String name, String query, boolean shared, boolean mine) {}

    Mono<List<SavedView>> of(Caller caller) {
        return database.sql("select *, owner = :owner as mine from desk_view where owner = :owner or shared"
                        + " order by name, id limit " + MOST)
                .bind("owner", caller.principalKey())
                .map(row -> new SavedView(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("name", String.class)),
                        Objects.requireNonNull(row.get("query", String.class)),
                        Objects.requireNonNull(row.get("shared", Boolean.class)),
                        Objects.requireNonNull(row.get("mine", Boolean.class))))
                .all()
                .collectList();
    }

    /** Keeps a view; one of the same name is replaced. */
    Mono<Void> keep(Caller caller, String name, String query, boolean shared) {
        String brief = name.strip();
        if (brief.isEmpty() || brief.length() > MAX_NAME || brief.indexOf('\0') >= 0) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/name", "1.." + MAX_NAME);
        }
        // It becomes a link of the page: a query and nothing else.
        if (query.length() > MAX_QUERY || !query.matches("(\\?[!-~]*)?")) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/query", "a query");
        }
        return database.sql("""
            insert into desk_view (id, owner, name, query, shared, created_at)
            values (:id, :owner, :name, :query, :shared, :now)
            on conflict (owner, name) do update set query = excluded.query, shared = excluded.shared
            """)
                .bind("id", ids.next())
                .bind("owner", caller.principalKey())
                .bind("name", brief)
                .bind("query", query)
                .bind("shared", shared)
                .bind("now", clock.instant())
                .then();
    }

    /** Drops one's own view; somebody else's is not found. */
    Mono<Void> drop(Caller caller, UUID id) {
        return database.sql("delete from desk_view where id = :id and owner = :owner")
                .bind("id", id)
                .bind("owner", caller.principalKey())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .then();
    }
}
