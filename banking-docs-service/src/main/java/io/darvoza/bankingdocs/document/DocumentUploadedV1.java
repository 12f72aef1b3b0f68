package io.darvoza.bankingdocs.document;

import java.time.Instant;

/**
 * A client's document arrived. Event {@code banking-docs.document.uploaded.v1}.
 *
 * @param documentId number of the document, the aggregate of the topic
 * @param categoryId number of its category
 * @param status word of its status, {@code pending}
 * @param version number of its content's version
 * @param size of the content, in bytes
 * @param contentType media type of the content
 * @param uploadedAt when it arrived
 */
record DocumentUploadedV1(
        long documentId,
        int categoryId,
        String status,
        int version,
        long size,
        String contentType,
        Instant uploadedAt) {

    static final String TYPE = "banking-docs.document.uploaded.v1";

    static DocumentUploadedV1 from(StoredDocument stored) {
        var document = stored.document();
        return new DocumentUploadedV1(
                document.id(),
                document.categoryId(),
                document.status().word(),
                document.version(),
                stored.file().size(),
                stored.file().type(),
                document.uploadedAt());
    }
}
