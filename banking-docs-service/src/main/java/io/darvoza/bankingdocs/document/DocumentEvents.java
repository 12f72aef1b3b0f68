package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.outbox.Outbox;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the suite what happens to documents; always within the transaction in which it happens. */
@Component
final class DocumentEvents {

    static final String TOPIC = "banking-docs.document-status.v1";

    private final SuiteEvents events;
    private final Outbox outbox;

    DocumentEvents(SuiteEvents events, Outbox outbox) {
        this.events = events;
        this.outbox = outbox;
    }

    Mono<Void> uploaded(StoredDocument stored, Account owner) {
        String id = Long.toString(stored.document().id());
        return outbox.append(
                TOPIC,
                id,
                events.of(
                        DocumentUploadedV1.TYPE,
                        id,
                        stored.document().rowVersion(),
                        EventOwner.user(owner.subject()),
                        DocumentUploadedV1.from(stored)));
    }
}
