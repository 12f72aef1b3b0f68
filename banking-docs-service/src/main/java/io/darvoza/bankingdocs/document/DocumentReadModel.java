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
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Documents for reading. Lists go from the newest down; every criterion is served by an index of the first migration. */
@Repository
final class DocumentReadModel {

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    DocumentReadModel(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** One document; empty when there is none. */
    Mono<DocumentView> one(long id) {
        return database.sql(DocumentView.SELECT + " and d.id = :id")
                .bind("id", id)
                .map(DocumentView::from)
                .one();
    }

    /** A page of a list. The cursor fits this list only: another operation or filter is another list. */
    Mono<Page<DocumentView>> page(String operation, DocumentFilter filter, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery(operation, filter);
        return Mono.fromSupplier(() -> query(filter, cursor.read(request.cursor()), request.rowsToRead()))
                .flatMapMany(query -> database.sql(query.sql())
                        .bindValues(query.values())
                        .map(DocumentView::from)
                        .all())
                .collectList()
                .map(rows -> Page.of(request, rows, last -> cursor.after(last.uploadedAt(), last.id())));
    }

    /** A statement and the values of its parameters. */
    record Query(String sql, Map<String, Object> values) {}

    /** Only criteria that are there get into the statement, so that each plan can use its index. */
    static Query query(DocumentFilter filter, List<String> position, int rows) {
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
            sql.append(" and (d.uploaded_at, d.id) < (:lastUploadedAt, :lastId)");
            values.put("lastUploadedAt", Instant.parse(position.get(0)));
            values.put("lastId", Long.valueOf(position.get(1)));
        }
        sql.append(" order by d.uploaded_at desc, d.id desc limit ").append(rows);
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
