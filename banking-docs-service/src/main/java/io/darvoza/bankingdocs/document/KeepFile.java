package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.Failpoint;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Stores a checked file, then commits what the database is to know of it. From the store on it no longer matters whether the
 * client is still there.
 *
 * <p>A process that dies between store and commit leaves an object without a row, which {@link OrphanSweep} removes; a row
 * without an object cannot be.
 */
@Component
final class KeepFile {

    private final ObjectStore store;
    private final TransactionalOperator transaction;
    private final Detached detached;

    KeepFile(ObjectStore store, TransactionalOperator transaction, Detached detached) {
        this.store = store;
        this.transaction = transaction;
        this.detached = detached;
    }

    /**
     * Gives what the transaction gives. When it refuses, the object is removed again; when nobody knows whether it committed,
     * the object stays, and the sweep decides.
     *
     * @param name a fixed name of the work, for log and metrics
     * @param content where the file lies
     * @param turn for what the transaction waits, the file already stored; no connection is held meanwhile
     * @param commit what is to happen in the transaction
     */
    <R> Mono<R> handle(String name, DocumentFile file, Path content, Mono<Void> turn, Mono<R> commit) {
        Mono<R> kept = store.put(file.key(), content, file.type())
                .then(Mono.fromRunnable(() -> Failpoint.reached("upload.after-store")))
                .then(turn)
                .then(commit.as(transaction::transactional))
                .doOnNext(_ -> Failpoint.reached("upload.after-commit"))
                .onErrorResume(
                        ProblemException.class,
                        refusal -> store.delete(file.key()).onErrorComplete().then(Mono.error(refusal)));
        return detached.run(name, kept);
    }
}
