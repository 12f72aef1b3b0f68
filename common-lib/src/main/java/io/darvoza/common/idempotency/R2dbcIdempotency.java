package io.darvoza.common.idempotency;

import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Idempotency by rows in the service's own database. */
final class R2dbcIdempotency implements Idempotency {

    private static final Logger log = LoggerFactory.getLogger(R2dbcIdempotency.class);

    private final DatabaseClient database;
    private final IdempotencyTable table;
    private final TimeOrderedIds ids;
    private final Duration leaseTime;
    private final TransactionalOperator inTransaction;
    private final TransactionalOperator outsideOfTransaction;
    private final TransactionalOperator inCallersTransaction;

    R2dbcIdempotency(
            DatabaseClient database, TimeOrderedIds ids, ReactiveTransactionManager transactions, Duration leaseTime) {
        this.database = database;
        this.table = new IdempotencyTable(database);
        this.ids = ids;
        this.leaseTime = leaseTime;
        this.inTransaction = operator(transactions, TransactionDefinition.PROPAGATION_REQUIRED);
        this.outsideOfTransaction = operator(transactions, TransactionDefinition.PROPAGATION_NEVER);
        this.inCallersTransaction = operator(transactions, TransactionDefinition.PROPAGATION_MANDATORY);
    }

    @Override
    public Mono<Answer> once(IdempotencyScope scope, Fingerprint fingerprint, Mono<Answer> command) {
        return onceTogether(
                scope,
                fingerprint,
                keeping -> command.delayUntil(answer -> Write.together(database, List.of(keeping.apply(answer)))));
    }

    @Override
    public Mono<Answer> onceTogether(
            IdempotencyScope scope, Fingerprint fingerprint, Function<Function<Answer, Write>, Mono<Answer>> command) {
        return table.lockAndFind(scope)
                .flatMap(found -> replayOrRun(
                        found,
                        fingerprint,
                        Mono.defer(() -> command.apply(
                                answer -> table.completed(scope, fingerprint, answer, R2dbcIdempotency::requireKept)))))
                .as(inTransaction::transactional);
    }

    private static Mono<Answer> replayOrRun(
            IdempotencyTable.Found found, Fingerprint fingerprint, Mono<Answer> command) {
        if (found.completed() != null) {
            return Mono.just(found.completed().replay(fingerprint));
        }
        if (!found.locked() || found.leased()) {
            return Mono.error(inUse());
        }
        return command;
    }

    /** Not so when the key was taken meanwhile. */
    private static Mono<Void> requireKept(long rows) {
        return rows == 1 ? Mono.empty() : Mono.error(inUse());
    }

    @Override
    public Mono<Begun> begin(IdempotencyScope scope) {
        return Mono.fromSupplier(() -> new Lease(scope, ids.next()))
                .flatMap(lease -> table.takeLease(lease, leaseTime)
                        .flatMap(taken -> taken ? Mono.just(new Begun.Started(lease)) : completed(scope)))
                .as(outsideOfTransaction::transactional);
    }

    private Mono<Begun> completed(IdempotencyScope scope) {
        return table.find(scope)
                .<Begun>flatMap(found -> Mono.justOrEmpty(found.completed()))
                .switchIfEmpty(Mono.error(R2dbcIdempotency::inUse));
    }

    @Override
    public <T> Mono<T> holding(Lease lease, Mono<T> work) {
        return Mono.usingWhen(
                Mono.just(lease),
                held -> Mono.firstWithSignal(work, keepAlive(held)),
                this::release,
                (held, _) -> release(held),
                this::release);
    }

    /** Never gives a value: it ends with an error when the lease is lost, and with the work otherwise. */
    private <T> Mono<T> keepAlive(Lease lease) {
        return Flux.interval(leaseTime.dividedBy(3))
                .onBackpressureDrop()
                .concatMap(_ -> extend(lease), 1)
                .then(Mono.never());
    }

    private Mono<Void> extend(Lease lease) {
        return table.extendLease(lease, leaseTime)
                .onErrorResume(failure -> !(failure instanceof ProblemException), failure -> {
                    log.warn("a lease was not extended, the next try is near: {}", failure.toString());
                    return Mono.just(true);
                })
                .flatMap(held -> held ? Mono.empty() : Mono.error(inUse()));
    }

    /** A completed row is no longer held, and stays. */
    private Mono<Void> release(Lease lease) {
        return table.release(lease)
                .onErrorResume(failure -> {
                    log.warn("a key stays taken for {}: {}", leaseTime, failure.toString());
                    return Mono.empty();
                })
                .then();
    }

    @Override
    public Mono<Answer> complete(Lease lease, Fingerprint fingerprint, Answer answer) {
        return table.complete(lease, fingerprint, answer)
                .flatMap(held -> held ? Mono.just(answer) : Mono.<Answer>error(inUse()))
                .as(inCallersTransaction::transactional);
    }

    private static ProblemException inUse() {
        return CommonProblem.IDEMPOTENCY_KEY_IN_USE.exception().retryAfter(Duration.ofSeconds(1));
    }

    private static TransactionalOperator operator(ReactiveTransactionManager transactions, int propagation) {
        return TransactionalOperator.create(transactions, new DefaultTransactionDefinition(propagation));
    }
}
