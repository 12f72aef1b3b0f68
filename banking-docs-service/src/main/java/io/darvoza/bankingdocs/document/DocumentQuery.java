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
 * how many documents have them, and where these lie, which a plan that is kept for all words cannot know. So the statement itself finds
 * out. It counts the documents by the index of words, up to a bound; few are sorted, of many the list is followed by time until a page
 * is full. If it is not after {@link #NEAR} documents, the words are of another time, and their documents are sorted after all: what lies
 * between is not read, and the cost is that of the documents with the words.
 */
record DocumentQuery(String sql, Map<String, Object> values) {

    /** Up to so many documents with the words are sorted at once; of more the next page is near, as a rule. */
    static final int FEW = 2000;

    /** So many documents of a list are looked at for common words before all that have them are sorted. */
    static final int NEAR = 20_000;

    private static final String DOCUMENTS = " from document d where d.deleted_at is null";

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
        String list = DOCUMENTS + criteria(filter, values) + behind(position, order, values);
        String some = order.clause() + " limit " + rows;
        String page = filter.text() == null ? "select d.id" + list + some : byWords(list, order, rows);
        return new DocumentQuery("%s and d.id in (%s)%s".formatted(DocumentView.SELECT, page, order.clause()), values);
    }

    /** Each part but the one that is needed is left alone, since its condition on the counts is false from the start. */
    private static String byWords(String list, Order order, int rows) {
        return """
                with hit as materialized (select d.id, d.uploaded_at%1$s and %2$s limit %4$d + 1),
                     near as materialized (
                         select id from (select d.id, d.uploaded_at, d.search%1$s%3$s limit %5$d) d where %2$s%3$s limit %6$d),
                     many as materialized (select (select count(*) from hit) > %4$d yes)
                select id from (
                    (select id from hit where not (select yes from many)%3$s limit %6$d)
                    union all
                    (select id from near where (select yes from many) and (select count(*) from near) = %6$d)
                    union all
                    (select id from (select d.id, d.uploaded_at%1$s and %2$s offset 0) far
                     where (select yes from many) and (select count(*) from near) < %6$d%3$s limit %6$d)) page limit %6$d
                """.formatted(list, WORDS, order.clause(), FEW, NEAR, rows);
    }

    /** How many documents there are, counted up to a bound. */
    static DocumentQuery count(DocumentFilter filter, int bound) {
        Map<String, Object> values = new LinkedHashMap<>();
        String words = filter.text() == null ? "" : " and " + WORDS;
        return new DocumentQuery(
                "select count(*) from (select%s%s%s limit %d) found"
                        .formatted(DOCUMENTS, criteria(filter, values), words, bound),
                values);
    }

    /** All but the words, whose value is put there too. */
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
        if (filter.text() != null) {
            values.put("text", filter.text());
        }
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
