package io.darvoza.bankingdocs.document;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One document.
 *
 * @param userId number of the client whose document it is
 * @param workerId number of the employee who decided on it last
 * @param uploadDate the UTC day of uploadedAt
 * @param actualDate first day on which the paper is valid
 * @param actualEndDate last day on which it is valid
 * @param planMaturityDate by when it is to be processed
 * @param factMaturityDate when processing ended
 * @param legalHold whether it must not be deleted, whatever its status
 * @param version number of the current version of its content
 * @param checksum SHA-256 of the content, hexadecimal
 * @param size of the content, in bytes
 * @param link where the content is read
 * @param historyLink where its history is read
 */
record DocumentResponse(
        long id,
        String description,
        String category,
        int categoryId,
        long userId,
        @Nullable Long workerId,
        String status,
        LocalDate uploadDate,
        Instant uploadedAt,
        @Nullable LocalDate actualDate,
        @Nullable LocalDate actualEndDate,
        LocalDate planMaturityDate,
        @Nullable LocalDate factMaturityDate,
        boolean legalHold,
        int version,
        String fileName,
        String contentType,
        long size,
        @Nullable Integer pageCount,
        String checksum,
        String link,
        String historyLink) {

    static DocumentResponse from(DocumentView view) {
        return new DocumentResponse(
                view.id(),
                view.description(),
                view.category(),
                view.categoryId(),
                view.ownerId(),
                view.workerId(),
                view.status().word(),
                view.uploadDate(),
                view.uploadedAt(),
                view.actualDate(),
                view.actualEndDate(),
                view.planMaturityDate(),
                view.factMaturityDate(),
                view.legalHold(),
                view.version(),
                view.fileName(),
                view.contentType(),
                view.size(),
                view.pageCount(),
                view.sha256(),
                view.link(),
                view.historyLink());
    }
}
