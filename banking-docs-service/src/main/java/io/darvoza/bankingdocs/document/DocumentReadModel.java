package io.darvoza.bankingdocs.document;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Documents for reading. Lists go from the newest down, or from the oldest up; every criterion is served by an index of the first migration. */
@Component
final class DocumentReadModel {

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final KnownViews known;

    DocumentReadModel(DatabaseClient database, KeysetCursors cursors, KnownViews known) {
        this.database = database;
        this.cursors = cursors;
        this.known = known;
    }

    /** One document, as it is now; empty when there is none. */
    Mono<DocumentView> one(long id) {
        return known.of(
                id,
                Mono.defer(() -> database.sql(DocumentView.SELECT + " and d.id = :id")
                        .bind("id", id)
                        .map(DocumentView::from)
                        .one()));
    }

    /** Which document of a list comes first. */
    enum Order {
        NEWEST("<", "desc"),
        /** The one that has waited longest. */
        OLDEST(">", "asc");

        private final String beyond;
        private final String direction;

        Order(String beyond, String direction) {
            this.beyond = beyond;
            this.direction = direction;
        }
    }

    Mono<Page<DocumentView>> page(String operation, DocumentFilter filter, PageRequest request) {
        return page(operation, filter, Order.NEWEST, request);
    }

    /** A page of a list. The cursor fits this list only: another operation, filter or order is another list. */
    Mono<Page<DocumentView>> page(String operation, DocumentFilter filter, Order order, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery(operation, filter, order);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(query(filter, position, request.rowsToRead(), order)))
                .map(rows -> Page.of(request, rows, last -> after(cursor, last)));
    }

    /**
     * A page that leads on in both directions, as people turn pages.
     *
     * @param newer where the list goes on before the first item; null when there is nothing
     * @param older where it goes on behind the last one; null when there is nothing
     */
    record Leaf(
            List<DocumentView> items,
            @Nullable String newer,
            @Nullable String older) {}

    /** The newest documents of a list. */
    Mono<Leaf> newest(DocumentFilter filter, int limit) {
        return rows(filter, List.of(), limit + 1)
                .map(rows -> leaf(filter, first(rows, limit), false, rows.size() > limit));
    }

    /** The documents that come after a position of this list. */
    Mono<Leaf> older(DocumentFilter filter, String position, int limit) {
        return Mono.fromSupplier(() -> leafCursor(filter).read(position))
                .flatMap(from -> rows(filter, from, limit + 1))
                .map(rows -> leaf(filter, first(rows, limit), true, rows.size() > limit));
    }

    /** The documents that come before a position of this list. */
    Mono<Leaf> newer(DocumentFilter filter, String position, int limit) {
        return Mono.fromSupplier(() -> leafCursor(filter).read(position))
                .flatMap(from -> rows(query(filter, from, limit + 1, Order.OLDEST)))
                .map(rows -> leaf(filter, first(rows, limit).reversed(), rows.size() > limit, true));
    }

    /** How many documents of the list there are, counted up to a bound. */
    Mono<Long> count(DocumentFilter filter, int bound) {
        Query query = query(filter, List.of(), bound);
        return database.sql("select count(*) from (" + query.sql() + ") found")
                .bindValues(query.values())
                .mapValue(Long.class)
                .one();
    }

    private Leaf leaf(DocumentFilter filter, List<DocumentView> items, boolean hasNewer, boolean hasOlder) {
        KeysetCursor cursor = leafCursor(filter);
        boolean empty = items.isEmpty();
        return new Leaf(
                items,
                hasNewer && !empty ? after(cursor, items.getFirst()) : null,
                hasOlder && !empty ? after(cursor, items.getLast()) : null);
    }

    private KeysetCursor leafCursor(DocumentFilter filter) {
        return cursors.forQuery("documents.page", filter);
    }

    private static String after(KeysetCursor cursor, DocumentView view) {
        return cursor.after(view.uploadedAt(), view.id());
    }

    private static List<DocumentView> first(List<DocumentView> rows, int limit) {
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    private Mono<List<DocumentView>> rows(DocumentFilter filter, List<String> position, int limit) {
        return rows(query(filter, position, limit));
    }

    private Mono<List<DocumentView>> rows(Query query) {
        return database.sql(query.sql())
                .bindValues(query.values())
                .map(DocumentView::from)
                .all()
                .collectList();
    }

    /** A statement and the values of its parameters. */
    record Query(String sql, Map<String, Object> values) {}

    /** Only criteria that are there get into the statement, so that each plan can use its index. */
    static Query query(DocumentFilter filter, List<String> position, int rows) {
        return query(filter, position, rows, Order.NEWEST);
    }

    static Query query(DocumentFilter filter, List<String> position, int rows, Order order) {
        StringBuilder sql = new StringBuilder(DocumentView.SELECT);
        Map<String, Object> values = new LinkedHashMap<>();
        criterion(
                sql,
                values,
                "d.status_id = :status",
                "status",
                filter.status() == null ? null : filter.status().id());
        criterion(sql, values, "d.category_id = :category", "category", filter.categoryId());
        criterion(sql, values, "d.user_id = :owner", "owner", filter.ownerId());
        criterion(sql, values, "d.worker_id = :worker", "worker", filter.workerId());
        criterion(sql, values, "d.uploaded_at >= :from", "from", startOf(filter.from(), 0));
        criterion(sql, values, "d.uploaded_at < :until", "until", startOf(filter.until(), 1));
        criterion(sql, values, "d.search @@ websearch_to_tsquery('russian', :text)", "text", filter.text());
        if (!position.isEmpty()) {
            sql.append(" and (d.uploaded_at, d.id) %s (:lastUploadedAt, :lastId)".formatted(order.beyond));
            values.put("lastUploadedAt", Instant.parse(position.get(0)));
            values.put("lastId", Long.valueOf(position.get(1)));
        }
        sql.append(" order by d.uploaded_at %1$s, d.id %1$s limit %2$d".formatted(order.direction, rows));
        return new Query(sql.toString(), values);
    }

    private static void criterion(
            StringBuilder sql, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.put(name, value);
        }
    }

    private static @Nullable Instant startOf(@Nullable LocalDate day, int daysLater) {
        return day == null
                ? null
                : day.plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
