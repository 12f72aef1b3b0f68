package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a list shows; absent criteria do not narrow it.
 *
 * @param from first UTC day of upload
 * @param until last UTC day of upload
 * @param text words of the description, as people type them into a search field
 */
record DocumentFilter(
        @Nullable DocumentStatus status,
        @Nullable Integer categoryId,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable Long ownerId,
        @Nullable Long workerId,
        @Nullable String text) {

    static DocumentFilter ofOwner(long ownerId) {
        return new DocumentFilter(null, null, null, null, ownerId, null, null);
    }
}
