package io.darvoza.payments.order;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.inbox.Inbox;
import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.Set;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears of banking-docs-service's documents; each event counts once, and none that is older than what was seen. */
@Component
class DocumentStatusListener {

    private static final String CONSUMER = "payments.supporting-documents";
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Set<String> TYPES =
            Set.of("banking-docs.document.uploaded.v1", "banking-docs.document.status-changed.v1");

    private final Inbox inbox;
    private final SuiteEvents events;
    private final SupportingDocuments documents;

    DocumentStatusListener(Inbox inbox, SuiteEvents events, SupportingDocuments documents) {
        this.inbox = inbox;
        this.events = events;
        this.documents = documents;
    }

    @KafkaListener(
            id = "supporting-documents",
            groupId = "${darvoza.payments.orders.documents-group:payments-service}",
            topics = "banking-docs.document-status.v1")
    void on(SuiteEvent event) {
        if (TYPES.contains(event.type())) {
            DocumentStatusV1 document = events.read(event, DocumentStatusV1.class);
            Await.within(
                    inbox.once(CONSUMER, event, documents.changed(document, event.aggregateVersion()))
                            .then(),
                    BOUND);
        }
    }
}
