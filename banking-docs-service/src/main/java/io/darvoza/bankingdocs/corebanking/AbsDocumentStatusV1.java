package io.darvoza.bankingdocs.corebanking;

import org.jspecify.annotations.Nullable;

/**
 * The АБС has decided. Event {@code abs.document.status.v1}; its {@code aggregateversion} grows with each answer about a
 * document, so that an answer that comes late does not undo a newer one.
 *
 * @param documentId number of the document, the key and subject
 * @param version number of the content's version that was decided on
 * @param status {@code approved}, {@code rejected} or {@code processed}
 * @param reason why, for the history, which the client reads
 */
record AbsDocumentStatusV1(
        long documentId,
        int version,
        String status,
        @Nullable String reason) {

    static final String TYPE = "abs.document.status.v1";
}
