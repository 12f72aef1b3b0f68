package io.darvoza.bankingdocs.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement that reads a list of documents, and the values of its parameters.
 *
 * <p>Only criteria that are there get into it, so that each plan can use its index. Words are the exception: how best to find them depends on
 * how many documents have them, which a plan that is kept for all words cannot know. So the statement itself finds out, by the index
 * of words: few documents are sorted, of many the list is followed by time until a page is full. Only a common word that has come
 * up, or gone out of use, at the other end of the list is looked for through all that lies between.
 */
record DocumentQuery(String sql, Map<String, Object> values) {

    /** Up to so many documents with the words are sorted; among more the next page is near. */
    static final int FEW = 2000;

    private static final String DOCUMENTS = "select d.id from document d where d.deleted_at is null";

    /** Computed once, and unknown to the planner, which then goes by the index of words, however common they are. */
    private static final String WORDS = "d.search @@ (select websearch_to_tsquery('russian', :text))";

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

        private String clause() {
            return " order by uploaded_at %1$s, id %1$s".formatted(direction);
        }
    }

    /**
     * So many rows of {@link DocumentView#SELECT}. Which documents they are is found out first, so that whatever else is told of a document is
     * read for these alone.
     *
     * @param position the last document before them: time of its upload and number; empty for the beginning of the list
     */
    static DocumentQuery page(DocumentFilter filter, List<String> position, int rows, Order order) {
        Map<String, Object> values = new LinkedHashMap<>();
        String criteria = criteria(filter, values) + behind(position, order, values);
        String some = order.clause() + " limit " + rows;
        String page = filter.text() == null ? DOCUMENTS + criteria + some : byWords(criteria, some);
        return new DocumentQuery("%s and d.id in (%s)%s".formatted(DocumentView.SELECT, page, order.clause()), values);
    }

    private static String byWords(String criteria, String some) {
        return """
                with hit as materialized (
                    select d.id, d.uploaded_at from document d where d.deleted_at is null%1$s limit %2$d + 1)
                (select id from hit where (select count(*) from hit) <= %2$d%3$s)
                union all
                (%4$s and (select count(*) from hit) > %2$d%1$s%3$s)
                """.formatted(criteria, FEW, some, DOCUMENTS);
    }

    /** How many documents there are, counted up to a bound. */
    static DocumentQuery count(DocumentFilter filter, int bound) {
        Map<String, Object> values = new LinkedHashMap<>();
        return new DocumentQuery(
                "select count(*) from (select from document d where d.deleted_at is null%s limit %d) found"
                        .formatted(criteria(filter, values), bound),
                values);
    }

    private static String criteria(DocumentFilter filter, Map<String, Object> values) {
        StringBuilder sql = new StringBuilder();
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
        criterion(sql, values, WORDS, "text", filter.text());
        return sql.toString();
    }

    private static String behind(List<String> position, Order order, Map<String, Object> values) {
        if (position.isEmpty()) {
            return "";
        }
        values.put("lastUploadedAt", Instant.parse(position.get(0)));
        values.put("lastId", Long.valueOf(position.get(1)));
        return " and (d.uploaded_at, d.id) %s (:lastUploadedAt, :lastId)".formatted(order.beyond);
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
