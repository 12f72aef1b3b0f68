package io.darvoza.payments.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts, in one snapshot, where the invariants do not hold. Changes nothing and waits for nobody. */
@Component
final class LedgerCheck {

    private final DatabaseClient database;
    private final TransactionalOperator snapshot;
    private final LedgerProperties properties;
    private final Clock clock;

    LedgerCheck(
            DatabaseClient database,
            ReactiveTransactionManager transactions,
            LedgerProperties properties,
            Clock clock) {
        var definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        definition.setReadOnly(true);
        this.database = database;
        this.snapshot = TransactionalOperator.create(transactions, definition);
        this.properties = properties;
        this.clock = clock;
    }

    /** What one check found. */
    record Result(Instant checkedAt, List<Finding> findings) {

        long violations() {
            return findings.stream().mapToLong(Finding::violations).sum();
        }
    }

    /** How often one invariant was found broken. */
    record Finding(String code, String rule, long violations) {}

    Mono<Result> run() {
        return allowTime()
                .thenMany(Flux.fromIterable(Invariants.ALL).concatMap(this::count))
                .collectList()
                .map(findings -> new Result(clock.instant(), findings))
                .as(snapshot::transactional);
    }

    /** The check reads whole tables; it gets its own bound for this transaction. */
    private Mono<Void> allowTime() {
        return database.sql("select set_config('statement_timeout', :millis, true)")
                .bind("millis", Long.toString(properties.checkTimeout().toMillis()))
                .then();
    }

    private Mono<Finding> count(Invariant invariant) {
        return database.sql(invariant.violations())
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .map(violations -> new Finding(invariant.code(), invariant.rule(), violations));
    }
}
