package io.darvoza.bankingdocs.document;

import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.Begun;
import io.darvoza.common.idempotency.Fingerprint;
import io.darvoza.common.idempotency.Idempotency;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.idempotency.Lease;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Runs the work on a received file; under an idempotency key once, however often it is sent. The key is taken before the
 * work and answered in the transaction in which the work takes effect.
 */
@Component
final class LeasedUpload {

    private final Idempotency idempotency;

    LeasedUpload(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /** Work that commits, together with its own effect, whatever the function does with its result. */
    @FunctionalInterface
    interface Work<T> {

        Mono<Answer> run(Function<T, Mono<Answer>> alsoCommit);
    }

    /**
     * The answer to the work; the kept one for a repetition.
     *
     * @param fingerprint by which a repetition is known
     * @param answer makes the answer from the work's result
     */
    <T> Mono<Answer> run(
            Optional<IdempotencyScope> key, Fingerprint fingerprint, Function<T, Answer> answer, Work<T> work) {
        return key.map(scope -> once(scope, fingerprint, answer, work))
                .orElseGet(() -> work.run(result -> Mono.just(answer.apply(result))));
    }

    private <T> Mono<Answer> once(
            IdempotencyScope scope, Fingerprint fingerprint, Function<T, Answer> answer, Work<T> work) {
        return idempotency.begin(scope).flatMap(begun -> switch (begun) {
            case Begun.Answered answered -> Mono.fromSupplier(() -> answered.replay(fingerprint));
            case Begun.Started(Lease lease) ->
                idempotency.holding(
                        lease, work.run(result -> idempotency.complete(lease, fingerprint, answer.apply(result))));
        });
    }
}
