package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.common.problem.CommonProblem;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Adds a document: checks everything first, then stores the file, then commits row, history and event in one transaction
 * ({@link KeepFile}). What is refused never touches the store.
 */
@Service
final class UploadDocument {

    /** Who loads documents for clients: operators of remote banking, and employees in batches. */
    private static final String[] FOR_OTHERS = {"dbo_operator", "abs_worker", "bank_admin"};

    private final CallerAccount callerAccount;
    private final Accounts accounts;
    private final KnownCategory categories;
    private final AcceptFile acceptFile;
    private final Intake intake;
    private final KeepFile keepFile;
    private final Documents documents;
    private final DocumentEvents events;
    private final CoreBanking coreBanking;
    private final Clock clock;

    UploadDocument(
            CallerAccount callerAccount,
            Accounts accounts,
            KnownCategory categories,
            AcceptFile acceptFile,
            Intake intake,
            KeepFile keepFile,
            Documents documents,
            DocumentEvents events,
            CoreBanking coreBanking,
            Clock clock) {
        this.callerAccount = callerAccount;
        this.accounts = accounts;
        this.categories = categories;
        this.acceptFile = acceptFile;
        this.intake = intake;
        this.keepFile = keepFile;
        this.documents = documents;
        this.events = events;
        this.coreBanking = coreBanking;
        this.clock = clock;
    }

    /** Who sends it, whose it is, of which kind. */
    private record Admitted(UploadCommand command, Account uploader, Account owner, Category category) {}

    /** What is to be stored, and under which key. */
    private record Accepted(Admitted admitted, DocumentFile file) {}

    /**
     * Adds the document and, in the same transaction, whatever {@code alsoCommit} does with it, whose result it gives.
     *
     * <p>Problems: {@link BankingDocsProblem} but for those of receiving, {@link CommonProblem#VALIDATION_FAILED} for an
     * unknown category.
     */
    <R> Mono<R> handle(UploadCommand command, Function<StoredDocument, Mono<R>> alsoCommit) {
        return admit(command)
                .flatMap(this::accept)
                .delayUntil(this::requireRoom)
                .flatMap(accepted -> keepFile.handle(
                        "documents.upload",
                        accepted.file(),
                        command.file().file(),
                        command.turn(),
                        Mono.defer(() -> add(accepted, alsoCommit))));
    }

    private Mono<Admitted> admit(UploadCommand command) {
        UploadMetadata metadata = command.metadata();
        return callerAccount
                .of(command.caller())
                .flatMap(uploader -> owner(command, uploader)
                        .zipWith(categories.of(metadata.callcopyId(), metadata.category()))
                        .map(pair -> new Admitted(command, uploader, pair.getT1(), pair.getT2())));
    }

    private Mono<Account> owner(UploadCommand command, Account uploader) {
        Long userId = command.metadata().userId();
        if (userId == null || userId == uploader.id()) {
            return Mono.just(uploader);
        }
        if (!command.caller().hasAny(FOR_OTHERS)) {
            return Mono.error(BankingDocsProblem.OWNER_NOT_ALLOWED.exception());
        }
        return accounts.withId(userId).switchIfEmpty(Mono.error(BankingDocsProblem.UNKNOWN_CLIENT::exception));
    }

    private Mono<Accepted> accept(Admitted admitted) {
        UploadCommand command = admitted.command();
        return acceptFile
                .handle(command.file(), admitted.category(), command.metadata().checksumSha256())
                .map(file -> new Accepted(admitted, file));
    }

    private Mono<Optional<Long>> requireRoom(Accepted accepted) {
        Admitted admitted = accepted.admitted();
        return intake.requireRoom(
                admitted.owner().id(),
                admitted.category(),
                accepted.file(),
                admitted.command().metadata().allowsDuplicate());
    }

    private <R> Mono<R> add(Accepted accepted, Function<StoredDocument, Mono<R>> alsoCommit) {
        Admitted admitted = accepted.admitted();
        return documents
                .lockOwnerForOneMore(admitted.owner().id())
                .zipWhen(id -> requireRoom(accepted))
                .map(pair -> new StoredDocument(
                        document(pair.getT1(), admitted),
                        accepted.file(),
                        pair.getT2().orElse(null)))
                .delayUntil(stored -> documents.add(
                        stored.document(),
                        stored.file(),
                        admitted.uploader().id(),
                        admitted.command().caller().principalKey()))
                .delayUntil(stored -> events.uploaded(stored, admitted.owner()))
                .delayUntil(stored -> coreBanking.submit(CoreBanking.Submission.of(
                        stored.document(), stored.file(), stored.document().uploadedAt())))
                .flatMap(alsoCommit);
    }

    private Document document(long id, Admitted admitted) {
        UploadMetadata metadata = admitted.command().metadata();
        return Document.uploaded(
                id,
                admitted.owner().id(),
                admitted.category(),
                metadata.description(),
                metadata.validity(),
                clock.instant());
    }
}
