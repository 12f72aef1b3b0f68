package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.StatusDecision;
import java.time.Instant;

/**
 * A document got another status. Event {@code banking-docs.document.status-changed.v1}.
 *
 * @param documentId number of the document, the aggregate of the topic
 * @param status word of its status now
 * @param fromStatus word of its status before
 * @param version number of its content's version
 * @param changedAt when that happened
 */
record DocumentStatusChangedV1(long documentId, String status, String fromStatus, int version, Instant changedAt) {

    static final String TYPE = "banking-docs.document.status-changed.v1";

    static DocumentStatusChangedV1 from(StatusDecision.Moved moved, Instant now) {
        var document = moved.document();
        return new DocumentStatusChangedV1(
                document.id(), document.status().word(), moved.from().word(), document.version(), now);
    }
}
