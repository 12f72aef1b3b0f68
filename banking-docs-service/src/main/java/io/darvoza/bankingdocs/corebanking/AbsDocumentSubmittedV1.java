package io.darvoza.bankingdocs.corebanking;

import java.time.Instant;

/**
 * A content waits for the АБС. Event {@code abs.document.submitted.v1}, which a repeated delivery repeats.
 *
 * @param documentId number of the document, the key and subject
 * @param categoryId number of its category
 * @param version number of the content's version, which an answer has to name
 * @param contentType media type of the content
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param link where the АБС reads the content, with a token of its own
 * @param submittedAt when it arrived
 */
record AbsDocumentSubmittedV1(
        long documentId,
        int categoryId,
        int version,
        String contentType,
        long size,
        String sha256,
        String link,
        Instant submittedAt) {

    static final String TYPE = "abs.document.submitted.v1";
}
