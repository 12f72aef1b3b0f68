package io.darvoza.bankingdocs.document;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Documents for reading. Lists go from the newest down, or from the oldest up. */
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

    Mono<Page<DocumentView>> page(String operation, DocumentFilter filter, PageRequest request) {
        return page(operation, filter, DocumentQuery.Order.NEWEST, request);
    }

    /** A page of a list. The cursor fits this list only: another operation, filter or order is another list. */
    Mono<Page<DocumentView>> page(
            String operation, DocumentFilter filter, DocumentQuery.Order order, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery(operation, filter, order);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(DocumentQuery.page(filter, position, request.rowsToRead(), order)))
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
                .flatMap(from -> rows(DocumentQuery.page(filter, from, limit + 1, DocumentQuery.Order.OLDEST)))
                .map(rows -> leaf(filter, first(rows, limit).reversed(), rows.size() > limit, true));
    }

    /** How many documents of the list there are, counted up to a bound. */
    Mono<Long> count(DocumentFilter filter, int bound) {
        DocumentQuery query = DocumentQuery.count(filter, bound);
        return database.sql(query.sql())
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
        return rows(DocumentQuery.page(filter, position, limit, DocumentQuery.Order.NEWEST));
    }

    private Mono<List<DocumentView>> rows(DocumentQuery query) {
        return database.sql(query.sql())
                .bindValues(query.values())
                .map(DocumentView::from)
                .all()
                .collectList();
    }
}
