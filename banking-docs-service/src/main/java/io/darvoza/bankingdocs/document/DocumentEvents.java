package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.outbox.Outbox;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the suite and the bank's employees what happens to documents; always within the transaction in which it happens. */
@Component
final class DocumentEvents {

    static final String TOPIC = "banking-docs.document-status.v1";

    private final Accounts accounts;
    private final SuiteEvents events;
    private final Outbox outbox;
    private final EmployeesFeed employees;

    DocumentEvents(Accounts accounts, SuiteEvents events, Outbox outbox, EmployeesFeed employees) {
        this.accounts = accounts;
        this.events = events;
        this.outbox = outbox;
        this.employees = employees;
    }

    Mono<Void> uploaded(StoredDocument stored, Account owner) {
        return tell(DocumentUploadedV1.TYPE, stored.document(), owner, DocumentUploadedV1.from(stored));
    }

    Mono<Void> statusChanged(StatusDecision.Moved moved, Instant now) {
        return ownerOf(moved.document())
                .flatMap(owner -> tell(
                        DocumentStatusChangedV1.TYPE,
                        moved.document(),
                        owner,
                        DocumentStatusChangedV1.from(moved, now)));
    }

    /** @param document as it was before */
    Mono<Void> deleted(Document document, Instant now) {
        return ownerOf(document).flatMap(owner -> deleted(document.id(), document.rowVersion() + 1, owner, now));
    }

    /** @param version of the deleted row */
    Mono<Void> deleted(long documentId, long version, Account owner, Instant now) {
        return tell(DocumentDeletedV1.TYPE, documentId, version, owner, new DocumentDeletedV1(documentId, now));
    }

    /** Equal versions pass at readers: a link changes nothing about the document itself. */
    Mono<Void> linked(KnownDocuments.KnownDocument document, Account owner, DocumentLinkedV1 data) {
        return tell(DocumentLinkedV1.TYPE, document.id(), document.rowVersion(), owner, data);
    }

    Mono<Void> linkChanged(KnownDocuments.KnownDocument document, Account owner, DocumentLinkChangedV1 data) {
        return tell(DocumentLinkChangedV1.TYPE, document.id(), document.rowVersion(), owner, data);
    }

    /** A legal hold is the bank's own affair: neither the suite nor the owner hears of it. */
    Mono<Void> holdChanged(Document document) {
        return employees.tell(document.id(), document.legalHold() ? "held" : "released");
    }

    private Mono<Account> ownerOf(Document document) {
        return accounts.withId(document.ownerId());
    }

    private Mono<Void> tell(String type, Document document, Account owner, Record data) {
        return tell(type, document.id(), document.rowVersion(), owner, data);
    }

    private Mono<Void> tell(String type, long documentId, long version, Account owner, Record data) {
        String id = Long.toString(documentId);
        return outbox.append(TOPIC, id, events.of(type, id, version, EventOwner.user(owner.subject()), data))
                .then(employees.tell(documentId, kind(type)));
    }

    /** {@code banking-docs.document.uploaded.v1} is {@code uploaded} to employees. */
    private static String kind(String type) {
        return type.split("\\.")[2];
    }
}
