package io.darvoza.bankingdocs.document;

import java.time.Instant;

/**
 * A document was taken back. Event {@code banking-docs.document.deleted.v1}.
 *
 * @param documentId number of the document, the aggregate of the topic
 * @param deletedAt when that happened
 */
record DocumentDeletedV1(long documentId, Instant deletedAt) {

    static final String TYPE = "banking-docs.document.deleted.v1";
}
