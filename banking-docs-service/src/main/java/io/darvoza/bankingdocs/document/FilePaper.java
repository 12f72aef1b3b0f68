package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.document.KnownDocuments.KnownDocument;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.document.model.Validity;
import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.objectstore.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds a PDF of one page that the suite itself has made for a client. It is approved from the beginning, since it says what the
 * suite knows, and counts towards no quota. Like an upload it is announced to the АБС.
 */
@Service
public final class FilePaper {

    private static final String TYPE = "application/pdf";

    private final Accounts accounts;
    private final Categories categories;
    private final ObjectKeys keys;
    private final ObjectStore store;
    private final Documents documents;
    private final ChangeDocumentStatus change;
    private final DocumentEvents events;
    private final CoreBanking coreBanking;
    private final Clock clock;

    FilePaper(
            Accounts accounts,
            Categories categories,
            ObjectKeys keys,
            ObjectStore store,
            Documents documents,
            ChangeDocumentStatus change,
            DocumentEvents events,
            CoreBanking coreBanking,
            Clock clock) {
        this.accounts = accounts;
        this.categories = categories;
        this.keys = keys;
        this.store = store;
        this.documents = documents;
        this.change = change;
        this.events = events;
        this.coreBanking = coreBanking;
        this.clock = clock;
    }

    /**
     * What is said of it.
     *
     * @param ownerId account of the client whose document it becomes
     * @param actor names who made it in the history
     */
    public record Paper(long ownerId, int categoryId, String description, String actor) {}

    /** Stores the content. Until {@link #add} has committed it is nobody's, and the sweep removes it. */
    public Mono<DocumentFile> store(String name, byte[] pdf) {
        DocumentFile file = new DocumentFile(keys.next(), pdf.length, Sha256.hex(pdf), TYPE, TYPE, 1, false, name);
        return store.put(file.key(), Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(pdf)), file.size(), TYPE)
                .thenReturn(file);
    }

    /** Adds the document of a stored content, in the caller's transaction. */
    public Mono<KnownDocument> add(Paper paper, DocumentFile file) {
        return accounts.withId(paper.ownerId())
                .zipWith(categories.withId(paper.categoryId()))
                .flatMap(known -> add(paper, file, known.getT1(), known.getT2()));
    }

    private Mono<KnownDocument> add(Paper paper, DocumentFile file, Account owner, Category category) {
        Instant now = clock.instant();
        return documents
                .nextId()
                .map(id ->
                        Document.uploaded(id, owner.id(), category, paper.description(), new Validity(null, null), now))
                .delayUntil(document -> documents.add(document, file, owner.id(), paper.actor()))
                .delayUntil(document -> events.uploaded(new StoredDocument(document, file, null), owner))
                .delayUntil(document -> coreBanking.submit(CoreBanking.Submission.of(document, file, now)))
                .flatMap(document -> change.handle(new ChangeDocumentStatus.Decision(
                        document.id(), DocumentStatus.APPROVED, null, paper.actor(), null, null)))
                .map(KnownDocument::of);
    }
}
