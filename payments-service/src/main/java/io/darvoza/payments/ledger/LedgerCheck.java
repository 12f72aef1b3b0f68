package io.darvoza.payments.ledger;

import io.darvoza.payments.vault.KnownNumbers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts, in one snapshot, where the invariants do not hold. Waits for nobody, and nobody waits for it. */
@Component
final class LedgerCheck {

    private static final String NO_NUMBERS = "no kept card number stands in clear in audit or events";

    /** «ledgchk» in ASCII; no other advisory lock of this database has this number. */
    private static final long LOCK = 0x6C65646763686BL;

    /** So many new rows are few. */
    private static final long FEW = 20_000;

    /** Between a clock that is read and a commit that shows it. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final DatabaseClient database;
    private final KnownNumbers numbers;
    private final TransactionalOperator snapshot;
    private final TransactionalOperator readOnly;
    private final LedgerProperties properties;
    private final Clock clock;

    LedgerCheck(
            DatabaseClient database,
            KnownNumbers numbers,
            ReactiveTransactionManager transactions,
            LedgerProperties properties,
            Clock clock) {
        this.database = database;
        this.numbers = numbers;
        this.snapshot = snapshot(transactions, false);
        this.readOnly = snapshot(transactions, true);
        this.properties = properties;
        this.clock = clock;
    }

    private static TransactionalOperator snapshot(ReactiveTransactionManager transactions, boolean readOnly) {
        var definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        definition.setReadOnly(readOnly);
        return TransactionalOperator.create(transactions, definition);
    }

    /** What one check found. */
    record Result(Instant checkedAt, List<Finding> findings) {

        long violations() {
            return findings.stream().mapToLong(Finding::violations).sum();
        }
    }

    /** How often one invariant was found broken. */
    record Finding(String code, String rule, long violations) {}

    /** What is looked at: positions of the chain behind the mark, up to its head, and rows since a time. */
    private record Range(long mark, long head, Instant since) {

        private GenericExecuteSpec bound(GenericExecuteSpec statement, String sql) {
            GenericExecuteSpec bound = statement;
            if (sql.contains(":mark")) {
                bound = bound.bind("mark", mark).bind("head", head);
            }
            return sql.contains(":since") ? bound.bind("since", since) : bound;
        }
    }

    /** Looks at everything there is; the bigger the ledger, the longer. */
    Mono<Result> whole() {
        return prepared()
                .thenMany(Flux.fromIterable(Invariants.ALL).concatMap(invariant -> count(invariant, null)))
                .concatWith(Mono.defer(() -> cardNumbers(RecentInvariants.NUMBERS_OF_ALL, null)))
                .collectList()
                .map(findings -> new Result(clock.instant(), findings))
                .as(readOnly::transactional);
    }

    /**
     * Looks at what came since the last time that all was right. When something is wrong the next call begins at the same
     * place, so it stays seen. Empty while another instance does it.
     */
    Mono<Result> recent() {
        return database.sql("select pg_try_advisory_xact_lock(" + LOCK + ")")
                .mapValue(Boolean.class)
                .one()
                .filter(first -> first)
                .flatMap(_ -> prepared().then(range()).flatMap(this::look))
                .as(snapshot::transactional);
    }

    private Mono<Result> look(Range range) {
        Instant now = clock.instant();
        Mono<Void> plans = range.head() - range.mark() > FEW
                ? Mono.empty()
                : database.sql(RecentInvariants.BY_IDS).then();
        return plans.thenMany(Flux.fromIterable(RecentInvariants.ALL))
                .concatMap(invariant -> count(invariant, range))
                .concatWith(Mono.defer(() -> cardNumbers(RecentInvariants.NUMBERS, range)))
                .collectList()
                .map(findings -> new Result(now, findings))
                .delayUntil(result -> result.violations() == 0 ? moveMark(range, now) : Mono.empty());
    }

    /** Whole tables, or a number of rows that differs from call to call: an own bound, and a plan for each of them. */
    private Mono<Void> prepared() {
        return database.sql("""
                        select set_config('statement_timeout', :millis, true),
                               set_config('plan_cache_mode', 'force_custom_plan', true)
                        """)
                .bind("millis", Long.toString(properties.checkTimeout().toMillis()))
                .then();
    }

    private Mono<Range> range() {
        return database.sql("""
                        select m.position, m.at, coalesce((select max(position) from chain_link), 0) head
                        from check_mark m where m.name = 'ledger'
                        """)
                .map(row -> new Range(
                        Objects.requireNonNull(row.get("position", Long.class)),
                        Objects.requireNonNull(row.get("head", Long.class)),
                        Objects.requireNonNull(row.get("at", Instant.class)).minus(MARGIN)))
                .one();
    }

    private Mono<Void> moveMark(Range range, Instant now) {
        return range.bound(database.sql(RecentInvariants.MOVE_SUMS), RecentInvariants.MOVE_SUMS)
                .then()
                .then(database.sql("update check_mark set position = :head, at = :now where name = 'ledger'")
                        .bind("head", range.head())
                        .bind("now", now)
                        .then());
    }

    private Mono<Finding> count(Invariant invariant, @Nullable Range range) {
        return statement(invariant.violations(), range)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .map(violations -> new Finding(invariant.code(), invariant.rule(), violations));
    }

    private Mono<Finding> cardNumbers(String sql, @Nullable Range range) {
        return statement(sql, range)
                .mapValue(String.class)
                .all()
                .collectList()
                .flatMap(numbers::among)
                .map(found -> new Finding("I14", NO_NUMBERS, found));
    }

    private GenericExecuteSpec statement(String sql, @Nullable Range range) {
        GenericExecuteSpec statement = database.sql(sql);
        return range == null ? statement : range.bound(statement, sql);
    }
}
