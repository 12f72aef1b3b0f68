package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.common.security.Caller;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Takes a document back, in the caller's transaction. Its row is locked as a link to a contract locks it, so that of a link
 * and a deletion at once only one happens. {@link ContentPurge} removes the content later.
 */
@Service
final class DeleteDocument {

    private final LockedDocument locked;
    private final Documents documents;
    private final DocumentEvents events;
    private final AuditLog audit;
    private final Clock clock;

    DeleteDocument(LockedDocument locked, Documents documents, DocumentEvents events, AuditLog audit, Clock clock) {
        this.locked = locked;
        this.documents = documents;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The document as it was.
     *
     * <p>Problems: those of {@link LockedDocument}, {@link BankingDocsProblem#DOCUMENT_ON_HOLD},
     * {@link BankingDocsProblem#DOCUMENT_LINKED}, {@link BankingDocsProblem#DOCUMENT_STATUS_CONFLICT}.
     */
    Mono<Document> handle(long id, Caller caller, @Nullable Long version) {
        return locked.of(id, caller, version)
                .delayUntil(document -> documents.hasActiveLink(id).doOnNext(linked -> requireFree(document, linked)))
                .delayUntil(document -> delete(document, caller.principalKey(), clock.instant()));
    }

    private Mono<Void> delete(Document document, String actor, Instant now) {
        return documents
                .delete(document, now)
                .then(audit.add(AuditLog.Entry.ofDocument(actor, "document.deleted", document.id(), null)))
                .then(events.deleted(document, now));
    }

    private static void requireFree(Document document, boolean linked) {
        switch (document.delete(linked)) {
            case ALLOWED -> {}
            case HELD -> throw BankingDocsProblem.DOCUMENT_ON_HOLD.exception();
            case LINKED -> throw BankingDocsProblem.DOCUMENT_LINKED.exception();
            case WRONG_STATUS ->
                throw ChangeDocumentStatus.conflict(
                        document.status(), document.status().next());
        }
    }
}
