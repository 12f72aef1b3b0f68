package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.common.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whether there is room for one more document of somebody. Asked twice: before the store, so that a refused file never gets
 * there, and under the owner's lock, so that two uploads at once cannot both be the last.
 */
@Component
final class Intake {

    private final Documents documents;
    private final DocumentProperties properties;
    private final Clock clock;

    Intake(Documents documents, DocumentProperties properties, Clock clock) {
        this.documents = documents;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Lets pass or refuses; gives the document with the same file, if there is one and it is allowed.
     *
     * <p>Problems: {@link BankingDocsProblem#UPLOAD_QUOTA_EXCEEDED}, {@link BankingDocsProblem#DUPLICATE_DOCUMENT}.
     */
    Mono<Optional<Long>> requireRoom(long ownerId, Category category, DocumentFile file, boolean allowDuplicate) {
        return documents
                .usageOf(ownerId)
                .doOnNext(this::requireWithinNumber)
                .doOnNext(usage -> requireWithinBytes(usage, file))
                .then(Mono.defer(() -> duplicate(ownerId, category, file, allowDuplicate)));
    }

    /** The same for a new content of a document that is there already, and is one more only by its bytes. */
    Mono<Optional<Long>> requireRoomForVersion(
            long ownerId, Category category, DocumentFile file, boolean allowDuplicate) {
        return documents
                .usageOf(ownerId)
                .doOnNext(usage -> requireWithinBytes(usage, file))
                .then(Mono.defer(() -> duplicate(ownerId, category, file, allowDuplicate)));
    }

    private Mono<Optional<Long>> duplicate(long ownerId, Category category, DocumentFile file, boolean allowDuplicate) {
        return documents
                .duplicateOf(
                        ownerId, category.id(), file.sha256(), clock.instant().minus(properties.duplicateWindow()))
                .doOnNext(found -> requireAllowed(found, allowDuplicate))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private void requireWithinNumber(Documents.Usage usage) {
        if (usage.documents() >= properties.maxDocumentsPerClient()) {
            throw quota().with("limit_documents", properties.maxDocumentsPerClient());
        }
    }

    private void requireWithinBytes(Documents.Usage usage, DocumentFile file) {
        long maxBytes = properties.maxBytesPerClient().toBytes();
        if (usage.bytes() + file.size() > maxBytes) {
            throw quota().with("limit_bytes", maxBytes);
        }
    }

    private static ProblemException quota() {
        return BankingDocsProblem.UPLOAD_QUOTA_EXCEEDED.exception();
    }

    private static void requireAllowed(long duplicate, boolean allowDuplicate) {
        if (!allowDuplicate) {
            throw BankingDocsProblem.DUPLICATE_DOCUMENT
                    .exception(Long.toString(duplicate))
                    .with("duplicate_of", duplicate);
        }
    }
}
