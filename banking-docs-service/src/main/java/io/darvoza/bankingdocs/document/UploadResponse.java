package io.darvoza.bankingdocs.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A document that was added.
 *
 * @param checksum SHA-256 of the content, hexadecimal
 * @param size of the content, in bytes
 * @param contentType media type that the content has
 * @param uploadDate the UTC day of uploadedAt
 * @param duplicateOf the document with the same file, if the client allowed that there be one
 */
record UploadResponse(
        long documentId,
        String status,
        String checksum,
        long size,
        String contentType,
        LocalDate uploadDate,
        Instant uploadedAt,
        @Nullable Long duplicateOf) {

    static UploadResponse from(StoredDocument stored) {
        var document = stored.document();
        return new UploadResponse(
                document.id(),
                document.status().word(),
                stored.file().sha256(),
                stored.file().size(),
                stored.file().type(),
                LocalDate.ofInstant(document.uploadedAt(), ZoneOffset.UTC),
                document.uploadedAt(),
                stored.duplicateOf());
    }
}
