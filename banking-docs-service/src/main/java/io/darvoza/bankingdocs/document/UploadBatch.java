package io.darvoza.bankingdocs.document;

import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds the documents of a batch, each for itself: one that fails keeps none of the others from coming in. Some files at a time are
 * looked at and stored side by side; the documents are added in the order of the batch, so of two that are the same the second is
 * the duplicate. Under an idempotency key each has a key of its own, so a batch that broke off in the middle goes on when it is
 * sent again; then they come one by one, since what an instance had begun when it died has to wait for the end of its lease.
 */
@Component
final class UploadBatch {

    private static final String OPERATION = "documents.batch";

    private final BatchItems items;
    private final IdempotentUpload upload;
    private final DocumentProperties properties;

    UploadBatch(BatchItems items, IdempotentUpload upload, DocumentProperties properties) {
        this.items = items;
        this.upload = upload;
        this.properties = properties;
    }

    /**
     * What became of one document.
     *
     * @param answer to its upload; null when it failed
     * @param fault why it failed; null when it did not
     */
    record Outcome(
            int index, @Nullable Answer answer, @Nullable Throwable fault) {}

    /** The outcomes in the order of the documents. */
    Mono<List<Outcome>> handle(List<BatchItems.Item> batch, Caller caller, @Nullable String key) {
        Turns turns = new Turns(batch.size());
        return Flux.fromIterable(batch)
                .flatMapSequential(
                        item -> turns.at(
                                item.index(),
                                one(item, caller, turns.before(item.index()), scope(caller, key, item.index()))),
                        key == null ? properties.batchParallel() : 1)
                .collectList();
    }

    private Mono<Outcome> one(BatchItems.Item item, Caller caller, Mono<Void> turn, Optional<IdempotencyScope> scope) {
        return Mono.defer(() -> upload.one(command(item, caller, turn), scope))
                .map(answer -> new Outcome(item.index(), answer, null))
                .onErrorResume(fault -> Mono.just(new Outcome(item.index(), null, fault)));
    }

    private UploadCommand command(BatchItems.Item item, Caller caller, Mono<Void> turn) {
        UploadMetadata metadata = items.metadata(item);
        if (item.file().tooLarge()) {
            throw CommonProblem.CONTENT_TOO_LARGE.exception();
        }
        return new UploadCommand(caller, metadata, item.file().upload(), turn);
    }

    /** The key is hashed, as with a number it might be longer than a key may be. */
    private static Optional<IdempotencyScope> scope(Caller caller, @Nullable String key, int index) {
        return Optional.ofNullable(key)
                .map(name -> new IdempotencyScope(
                        caller.principalKey(),
                        OPERATION,
                        Sha256.hex(name.getBytes(StandardCharsets.UTF_8)) + "-" + index));
    }
}
