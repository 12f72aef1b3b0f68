package io.darvoza.bankingdocs.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of a client's own documents. Public, as are its parts, because templates read it.
 *
 * @param newer where newer documents are; null when there are none
 * @param older where older documents are; null when there are none
 * @param status the status in force as a filter
 * @param category number of the category in force as a filter
 * @param statuses words of all statuses
 * @param pending how many documents wait for the bank
 * @param maxBytes largest file
 * @param key idempotency key of the form
 */
public record DocumentList(
        List<Entry> rows,
        @Nullable String newer,
        @Nullable String older,
        @Nullable String status,
        @Nullable Integer category,
        List<String> statuses,
        List<Kind> categories,
        long pending,
        long maxBytes,
        int maxDescription,
        String key) {

    /** One line of the list. */
    public record Entry(
            long id,
            String fileName,
            String description,
            int categoryId,
            String category,
            String status,
            Instant uploadedAt,
            long size) {

        static Entry from(DocumentView view) {
            return new Entry(
                    view.id(),
                    view.fileName(),
                    view.description(),
                    view.categoryId(),
                    view.category(),
                    view.status().word(),
                    view.uploadedAt(),
                    view.size());
        }
    }

    /** A category to choose. */
    public record Kind(int id, String name) {}

    /** What somebody typed before the form was refused. */
    public record Typed(@Nullable String category, @Nullable String description) {

        static final Typed NOTHING = new Typed(null, null);
    }
}
