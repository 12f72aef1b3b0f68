package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.document.model.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What contracts need of documents, in their own transactions. */
@Component
public final class KnownDocuments {

    private final Documents documents;
    private final Accounts accounts;
    private final DocumentEvents events;

    KnownDocuments(Documents documents, Accounts accounts, DocumentEvents events) {
        this.documents = documents;
        this.accounts = accounts;
        this.events = events;
    }

    /** A document that is there: its number, its client's account, its row version. */
    public record KnownDocument(long id, long ownerId, long rowVersion) {

        static KnownDocument of(Document document) {
            return new KnownDocument(document.id(), document.ownerId(), document.rowVersion());
        }
    }

    /** A document that is not deleted, and that nobody deletes until the end of the transaction. Empty if there is none. */
    public Mono<KnownDocument> lock(long id) {
        return documents.lock(id).map(KnownDocument::of);
    }

    /** Tells that a document now belongs to a contract. */
    public Mono<Void> linked(KnownDocument document, long contractId) {
        return owner(document)
                .flatMap(owner -> events.linked(document, owner, new DocumentLinkedV1(document.id(), contractId)));
    }

    /** Tells that the link of a document to a contract has another status, by its word. */
    public Mono<Void> linkChanged(KnownDocument document, long contractId, String status) {
        return owner(document)
                .flatMap(owner -> events.linkChanged(
                        document, owner, new DocumentLinkChangedV1(document.id(), contractId, status)));
    }

    private Mono<Account> owner(KnownDocument document) {
        return accounts.withId(document.ownerId());
    }
}
