package io.darvoza.common.idempotency;

import io.darvoza.common.database.Write;
import io.darvoza.common.problem.CommonProblem;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Makes a command that is sent again under the same key happen once and answer the same for seven days.
 *
 * <p>A plain command, whose fingerprint is known before it starts, is one call:
 *
 * <pre>{@code
 * idempotency.once(scope, Fingerprint.of(json), submit.handle(command).map(this::answer)).map(Answer::toResponse)
 * }</pre>
 *
 * <p>A long one, whose fingerprint is known only at its end (an upload), first commits that it runs, and completes in the
 * transaction of its effect:
 *
 * <pre>{@code
 * idempotency.begin(scope).flatMap(begun -> switch (begun) {
 *     case Started started -> idempotency.holding(started.lease(), store(parts).flatMap(file -> commit(file, started.lease())));
 *     case Answered answered -> fingerprintOf(parts).map(answered::replay);
 * })
 * }</pre>
 */
public interface Idempotency {

    /**
     * Runs the command and keeps its answer, both in one transaction (the caller's, if there is one), or gives the answer
     * that was kept. A command that fails leaves nothing, so that a corrected one may use the key again.
     *
     * <p>Raises {@link CommonProblem#IDEMPOTENCY_KEY_IN_USE} while another request of this scope runs, and
     * {@link CommonProblem#IDEMPOTENCY_KEY_REUSED} when the key came before with another fingerprint.
     */
    Mono<Answer> once(IdempotencyScope scope, Fingerprint fingerprint, Mono<Answer> command);

    /**
     * The same for a command that keeps its answer itself, with its last rows: it is told how an answer is written, and writes
     * the one that it gives.
     */
    Mono<Answer> onceTogether(
            IdempotencyScope scope, Fingerprint fingerprint, Function<Function<Answer, Write>, Mono<Answer>> command);

    /**
     * Commits that the command of this scope runs. Raises {@link CommonProblem#IDEMPOTENCY_KEY_IN_USE} while another attempt
     * holds an unexpired lease. Must not be called inside a transaction.
     */
    Mono<Begun> begin(IdempotencyScope scope);

    /**
     * Keeps the lease alive while the work runs. When the work fails or is cancelled, the scope is free at once; when the
     * process dies, it is free after the lease's time.
     */
    <T> Mono<T> holding(Lease lease, Mono<T> work);

    /**
     * Keeps the answer in the caller's transaction. Raises {@link CommonProblem#IDEMPOTENCY_KEY_IN_USE} when the lease was
     * lost to another attempt; the transaction must then roll back.
     */
    Mono<Answer> complete(Lease lease, Fingerprint fingerprint, Answer answer);
}
