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
        return kept(ownerId, category, file)
                .doOnNext(this::requireWithinNumber)
                .map(kept -> admitted(kept, file, allowDuplicate));
    }

    /** The same for a new content of a document that is there already, and is one more only by its bytes. */
    Mono<Optional<Long>> requireRoomForVersion(
            long ownerId, Category category, DocumentFile file, boolean allowDuplicate) {
        return kept(ownerId, category, file).map(kept -> admitted(kept, file, allowDuplicate));
    }

    private Mono<Documents.Kept> kept(long ownerId, Category category, DocumentFile file) {
        return documents.keptBy(
                ownerId, category.id(), file.sha256(), clock.instant().minus(properties.duplicateWindow()));
    }

    private void requireWithinNumber(Documents.Kept kept) {
        if (kept.documents() >= properties.maxDocumentsPerClient()) {
            throw quota().with("limit_documents", properties.maxDocumentsPerClient());
        }
    }

    private Optional<Long> admitted(Documents.Kept kept, DocumentFile file, boolean allowDuplicate) {
        long maxBytes = properties.maxBytesPerClient().toBytes();
        if (kept.bytes() + file.size() > maxBytes) {
            throw quota().with("limit_bytes", maxBytes);
        }
        if (kept.same() != null && !allowDuplicate) {
            throw BankingDocsProblem.DUPLICATE_DOCUMENT
                    .exception(Long.toString(kept.same()))
                    .with("duplicate_of", kept.same());
        }
        return Optional.ofNullable(kept.same());
    }

    private static ProblemException quota() {
        return BankingDocsProblem.UPLOAD_QUOTA_EXCEEDED.exception();
    }
}
