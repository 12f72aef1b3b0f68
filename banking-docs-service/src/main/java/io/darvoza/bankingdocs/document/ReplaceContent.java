package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Gives a rejected document new content: the next version of it, pending again. As with an upload, everything is checked
 * first, then stored, then committed; what was there before stays readable as an older version.
 */
@Service
final class ReplaceContent {

    private final CallerAccount callerAccount;
    private final DocumentReadModel reading;
    private final LockedDocument locked;
    private final KnownCategory categories;
    private final AcceptFile acceptFile;
    private final Intake intake;
    private final KeepFile keepFile;
    private final Documents documents;
    private final DocumentEvents events;
    private final CoreBanking coreBanking;
    private final Clock clock;

    ReplaceContent(
            CallerAccount callerAccount,
            DocumentReadModel reading,
            LockedDocument locked,
            KnownCategory categories,
            AcceptFile acceptFile,
            Intake intake,
            KeepFile keepFile,
            Documents documents,
            DocumentEvents events,
            CoreBanking coreBanking,
            Clock clock) {
        this.callerAccount = callerAccount;
        this.reading = reading;
        this.locked = locked;
        this.categories = categories;
        this.acceptFile = acceptFile;
        this.intake = intake;
        this.keepFile = keepFile;
        this.documents = documents;
        this.events = events;
        this.coreBanking = coreBanking;
        this.clock = clock;
    }

    /**
     * Somebody's wish to replace a content, the file already on disk.
     *
     * @param version row version that the caller knows; null for whatever it is
     */
    record Replacement(
            long documentId,
            Caller caller,
            VersionMetadata metadata,
            ReceivedUpload file,
            @Nullable Long version) {}

    /** A document with its new file. */
    record Replaced(Document document, DocumentFile file) {}

    /** What is to be stored, and who sends it. */
    private record Accepted(Replacement wish, Account sender, long ownerId, Category category, DocumentFile file) {}

    /**
     * Adds the version and, in the same transaction, whatever {@code alsoCommit} does, whose result it gives.
     *
     * <p>Problems: those of {@link AcceptFile}, {@link Intake} and {@link LockedDocument},
     * {@link BankingDocsProblem#DOCUMENT_STATUS_CONFLICT} for a document that is not rejected.
     */
    <R> Mono<R> handle(Replacement wish, Function<Replaced, Mono<R>> alsoCommit) {
        return callerAccount
                .of(wish.caller())
                .flatMap(sender -> seen(wish)
                        .flatMap(view -> categories
                                .of(view.categoryId(), null)
                                .flatMap(category -> accept(wish, sender, view.ownerId(), category))))
                .flatMap(accepted -> keepFile.handle(
                        "documents.replace",
                        accepted.file(),
                        wish.file().file(),
                        Mono.empty(),
                        Mono.defer(() -> replace(accepted, alsoCommit))));
    }

    /** Refuses before the file is looked at what would be refused in the end. */
    private Mono<DocumentView> seen(Replacement wish) {
        return reading.one(wish.documentId())
                .transform(DocumentVisibility.changes(wish.caller()))
                .doOnNext(view -> {
                    if (view.status() != DocumentStatus.REJECTED) {
                        throw ChangeDocumentStatus.conflict(
                                view.status(), view.status().next());
                    }
                });
    }

    private Mono<Accepted> accept(Replacement wish, Account sender, long ownerId, Category category) {
        return acceptFile
                .handle(wish.file(), category, wish.metadata().checksumSha256())
                .map(file -> new Accepted(wish, sender, ownerId, category, file));
    }

    private <R> Mono<R> replace(Accepted accepted, Function<Replaced, Mono<R>> alsoCommit) {
        Replacement wish = accepted.wish();
        Instant now = clock.instant();
        return requireRoom(accepted)
                .then(Mono.defer(() -> locked.of(wish.documentId(), wish.caller(), wish.version())))
                .map(document -> ChangeDocumentStatus.allowed(document.replaceContent()))
                .delayUntil(moved -> keep(moved, accepted, now))
                .map(moved -> new Replaced(moved.document(), accepted.file()))
                .flatMap(alsoCommit);
    }

    /** Locks the owner before the document, as everything does that needs both. */
    private Mono<Optional<Long>> requireRoom(Accepted accepted) {
        return documents
                .lockOwner(accepted.ownerId())
                .then(Mono.defer(() -> intake.requireRoomForVersion(
                        accepted.ownerId(),
                        accepted.category(),
                        accepted.file(),
                        accepted.wish().metadata().allowsDuplicate())));
    }

    private Mono<Void> keep(StatusDecision.Moved moved, Accepted accepted, Instant now) {
        return documents
                .addVersion(moved.document(), accepted.file(), accepted.sender().id(), now)
                .then(documents.save(moved.document()))
                .then(documents.note(moved, accepted.wish().caller().principalKey(), null, now))
                .then(events.statusChanged(moved, now))
                .then(coreBanking.submit(CoreBanking.Submission.of(moved.document(), accepted.file(), now)));
    }
}
