package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.upload.CheckedFile;
import io.darvoza.bankingdocs.upload.FileCheck;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.Failpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Adds a document: checks everything first, then stores the file, then commits row, history and event in one transaction.
 *
 * <p>What is refused never touches the store. A process that dies between store and commit leaves an object without a row,
 * which {@link OrphanSweep} removes; a row without an object cannot be. From the store on it no longer matters whether the
 * client is still there.
 */
@Service
final class UploadDocument {

    private final CallerAccount callerAccount;
    private final Accounts accounts;
    private final Categories categories;
    private final FileCheck fileCheck;
    private final Intake intake;
    private final ObjectStore store;
    private final ObjectKeys keys;
    private final Documents documents;
    private final DocumentEvents events;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final Clock clock;

    UploadDocument(
            CallerAccount callerAccount,
            Accounts accounts,
            Categories categories,
            FileCheck fileCheck,
            Intake intake,
            ObjectStore store,
            ObjectKeys keys,
            Documents documents,
            DocumentEvents events,
            TransactionalOperator transaction,
            Detached detached,
            Clock clock) {
        this.callerAccount = callerAccount;
        this.accounts = accounts;
        this.categories = categories;
        this.fileCheck = fileCheck;
        this.intake = intake;
        this.store = store;
        this.keys = keys;
        this.documents = documents;
        this.events = events;
        this.transaction = transaction;
        this.detached = detached;
        this.clock = clock;
    }

    /** Who sends it, whose it is, of which kind. */
    private record Admitted(UploadCommand command, Account uploader, Account owner, Category category) {}

    /** What is to be stored, and under which key. */
    private record Accepted(Admitted admitted, DocumentFile file) {}

    /**
     * Adds the document and, in the same transaction, whatever {@code alsoCommit} does with it, whose result it gives.
     *
     * <p>Problems: {@link BankingDocsProblem} but for the two of receiving, {@link CommonProblem#VALIDATION_FAILED} for an
     * unknown category.
     */
    <R> Mono<R> handle(UploadCommand command, Function<StoredDocument, Mono<R>> alsoCommit) {
        return admit(command)
                .flatMap(this::accept)
                .delayUntil(accepted -> requireRoom(accepted))
                .doOnNext(accepted -> Failpoint.reached("upload.after-spool"))
                .flatMap(accepted -> detached.run("documents.upload", keep(accepted, alsoCommit)));
    }

    private Mono<Admitted> admit(UploadCommand command) {
        return callerAccount
                .of(command.caller())
                .flatMap(uploader -> owner(command, uploader)
                        .zipWith(category(command.metadata()))
                        .map(pair -> new Admitted(command, uploader, pair.getT1(), pair.getT2())));
    }

    private Mono<Account> owner(UploadCommand command, Account uploader) {
        Long userId = command.metadata().userId();
        if (userId == null || userId == uploader.id()) {
            return Mono.just(uploader);
        }
        if (!command.caller().has("dbo_operator")) {
            return Mono.error(BankingDocsProblem.OWNER_NOT_ALLOWED.exception());
        }
        return accounts.withId(userId).switchIfEmpty(Mono.error(BankingDocsProblem.UNKNOWN_CLIENT::exception));
    }

    private Mono<Category> category(UploadMetadata metadata) {
        Integer id = metadata.callcopyId();
        String name = metadata.category();
        Mono<Category> found = id != null
                ? categories
                        .withId(id)
                        .filter(category -> name == null || category.name().equals(name))
                : categories.named(String.valueOf(name));
        return found.switchIfEmpty(Mono.error(() -> CommonProblem.VALIDATION_FAILED
                .exception()
                .error(id != null ? "/callcopy_id" : "/category", "unknown category")));
    }

    private Mono<Accepted> accept(Admitted admitted) {
        return fileCheck
                .check(admitted.command().file(), admitted.category()::takes)
                .map(checked -> accepted(admitted, checked));
    }

    private Accepted accepted(Admitted admitted, CheckedFile checked) {
        var file = admitted.command().file();
        if (!admitted.command().metadata().agreesWith(file.sha256())) {
            throw BankingDocsProblem.CHECKSUM_MISMATCH.exception().with("sha256", file.sha256());
        }
        return new Accepted(
                admitted,
                new DocumentFile(
                        keys.next(),
                        file.size(),
                        file.sha256(),
                        file.declaredType(),
                        checked.type().mediaType(),
                        checked.pageCount(),
                        file.name()));
    }

    private Mono<Optional<Long>> requireRoom(Accepted accepted) {
        Admitted admitted = accepted.admitted();
        return intake.requireRoom(
                admitted.owner().id(),
                admitted.category(),
                accepted.file(),
                admitted.command().metadata().allowsDuplicate());
    }

    private <R> Mono<R> keep(Accepted accepted, Function<StoredDocument, Mono<R>> alsoCommit) {
        DocumentFile file = accepted.file();
        return store.put(file.key(), accepted.admitted().command().file().file(), file.type())
                .then(Mono.fromRunnable(() -> Failpoint.reached("upload.after-store")))
                .then(transaction.transactional(Mono.defer(() -> add(accepted, alsoCommit))))
                .doOnNext(kept -> Failpoint.reached("upload.after-commit"))
                .onErrorResume(
                        ProblemException.class,
                        refusal -> store.delete(file.key()).onErrorComplete().then(Mono.error(refusal)));
    }

    private <R> Mono<R> add(Accepted accepted, Function<StoredDocument, Mono<R>> alsoCommit) {
        Admitted admitted = accepted.admitted();
        return documents
                .lockOwner(admitted.owner().id())
                .then(Mono.defer(() -> requireRoom(accepted)))
                .zipWhen(duplicate -> documents.nextId())
                .map(pair -> new StoredDocument(
                        document(pair.getT2(), admitted),
                        accepted.file(),
                        pair.getT1().orElse(null)))
                .delayUntil(stored -> documents.add(
                        stored.document(),
                        stored.file(),
                        admitted.uploader().id(),
                        admitted.command().caller().principalKey()))
                .delayUntil(stored -> events.uploaded(stored, admitted.owner()))
                .flatMap(alsoCommit);
    }

    private Document document(long id, Admitted admitted) {
        UploadMetadata metadata = admitted.command().metadata();
        Instant now = clock.instant();
        return Document.uploaded(
                id, admitted.owner().id(), admitted.category(), metadata.description(), metadata.validity(), now);
    }
}
