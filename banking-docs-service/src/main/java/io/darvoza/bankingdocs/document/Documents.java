package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The documents, as the use cases need them. */
interface Documents {

    /**
     * What somebody keeps already.
     *
     * @param documents how many
     * @param bytes of all their versions
     * @param same the newest with the content and the category that were asked for; null if there is none
     */
    record Kept(long documents, long bytes, @Nullable Long same) {}

    /** What an owner keeps, and whether the same content in the same category is among what came since an instant. */
    Mono<Kept> keptBy(long ownerId, int categoryId, String sha256, Instant since);

    /** Until the end of the transaction, lets nobody else add documents of this owner. */
    Mono<Void> lockOwner(long ownerId);

    /** The same, and gives a number that no document has. */
    Mono<Long> lockOwnerForOneMore(long ownerId);

    /** A number that no document has. */
    Mono<Long> nextId();

    /**
     * Adds a document with its first file and the first line of its history.
     *
     * @param uploaderId account of whoever sent it
     * @param actor names that caller in the history
     */
    Mono<Void> add(Document document, DocumentFile file, long uploaderId, String actor);

    /** A document that is not deleted; until the end of the transaction nobody else changes it. Empty if there is none. */
    Mono<Document> lock(long id);

    /** Writes a changed document, which the transaction holds by {@link #lock}. */
    Mono<Void> save(Document document);

    /** The media type of its current content. */
    Mono<String> typeOf(Document document);

    /** Whether a contract relies on it. */
    Mono<Boolean> hasActiveLink(long id);

    /** Takes a document away, which the transaction holds by {@link #lock}; row and history stay. */
    Mono<Void> delete(Document document, Instant now);

    /** Adds the file of a document's current version. */
    Mono<Void> addVersion(Document document, DocumentFile file, long uploaderId, Instant now);

    /** Adds a line to the history: who moved a document, and why. */
    Mono<Void> note(StatusDecision.Moved moved, String actor, @Nullable String reason, Instant now);
}
