package io.darvoza.common.database;

import io.darvoza.common.problem.CommonProblem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes rows of many callers in one transaction: what has come while the last one was under way is the next one. Who comes alone
 * waits for nobody; a thousand at once share a commit. It is one statement, and so one round trip.
 *
 * <p>A caller's rows are written all or not at all, and when {@link #write} ends well they are committed. Rows that the database
 * refuses fail their own caller only. Of a transaction that has not ended in {@code darvoza.group-commit.patience} nobody can tell
 * whether its rows are there: its callers are told that the service is out of order.
 *
 * <p>Metrics: {@code darvoza.group-commit.callers} of a transaction, {@code darvoza.group-commit.waiting}.
 */
public final class GroupCommit {

    private final DatabaseClient database;
    private final GroupCommitProperties properties;
    private final DistributionSummary callers;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean underWay = new AtomicBoolean();

    public GroupCommit(DatabaseClient database, GroupCommitProperties properties, MeterRegistry meters) {
        this.database = database;
        this.properties = properties;
        this.callers = meters.summary("darvoza.group-commit.callers");
        Gauge.builder("darvoza.group-commit.waiting", waiting::get).register(meters);
    }

    private record Waiting(List<Insert.Row> rows, CompletableFuture<@Nullable Void> committed) {}

    /**
     * Ends when the rows are committed. They are written also when the caller goes away.
     *
     * <p>Raises {@link CommonProblem#SERVICE_UNAVAILABLE} when too many wait.
     */
    public Mono<Void> write(List<Insert.Row> rows) {
        return Mono.defer(() -> {
            if (waiting.incrementAndGet() > properties.waiting()) {
                waiting.decrementAndGet();
                return Mono.error(outOfOrder());
            }
            var own = new Waiting(rows, new CompletableFuture<>());
            queue.add(own);
            begin();
            return Mono.fromFuture(own.committed(), true);
        });
    }

    /** One at a time. Whoever adds after the last look at the queue finds none under way and begins by itself. */
    private void begin() {
        while (!queue.isEmpty() && underWay.compareAndSet(false, true)) {
            List<Waiting> group = next();
            if (group.isEmpty()) {
                underWay.set(false);
            } else {
                callers.record(group.size());
                committed(group).whenComplete((_, failure) -> ended(group, failure));
                return;
            }
        }
    }

    private List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        while (group.size() < properties.callers()) {
            Waiting first = queue.poll();
            if (first == null) {
                break;
            }
            group.add(first);
        }
        waiting.addAndGet(-group.size());
        return group;
    }

    /** Given up, it still runs to its end, which its statements' time-outs bring: a cancelled transaction would take its connection along. */
    private CompletableFuture<@Nullable Void> committed(List<Waiting> group) {
        CompletableFuture<@Nullable Void> running = transaction(group).toFuture();
        return Mono.fromFuture(running, true)
                .timeout(properties.patience(), Mono.error(GroupCommit::outOfOrder))
                .toFuture();
    }

    private Mono<Void> transaction(List<Waiting> group) {
        return Mono.defer(() -> {
            Map<Insert<?>, List<Insert.Row>> byInsert = new LinkedHashMap<>();
            group.forEach(one -> one.rows()
                    .forEach(row -> byInsert.computeIfAbsent(row.insert(), _ -> new ArrayList<>())
                            .add(row)));
            return Write.together(
                            database,
                            byInsert.entrySet().stream()
                                    .map(rows -> rows.getKey().write(rows.getValue()))
                                    .toList())
                    .doOnSuccess(_ -> byInsert.keySet().forEach(Insert::tellCommitted));
        });
    }

    /** The next ones are on their way before these go on. */
    private void ended(List<Waiting> group, @Nullable Throwable failure) {
        if (failure != null && group.size() > 1 && isRefusal(failure)) {
            oneByOne(group);
            return;
        }
        underWay.set(false);
        begin();
        group.forEach(one -> tell(one, failure));
    }

    private void oneByOne(List<Waiting> group) {
        Flux.fromIterable(group)
                .concatMap(one -> Mono.fromFuture(committed(List.of(one)))
                        .doOnSuccess(_ -> tell(one, null))
                        .onErrorResume(failure -> Mono.fromRunnable(() -> tell(one, failure))))
                .then()
                .toFuture()
                .whenComplete((_, _) -> {
                    underWay.set(false);
                    begin();
                });
    }

    private static void tell(Waiting one, @Nullable Throwable failure) {
        if (failure == null) {
            one.committed().complete(null);
        } else {
            one.committed().completeExceptionally(failure);
        }
    }

    /** Whether the database did not like what it was given, so that nothing of it is there. */
    private static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused && refused.getSqlState() != null) {
                return refused.getSqlState().startsWith("22")
                        || refused.getSqlState().startsWith("23");
            }
        }
        return false;
    }

    private static RuntimeException outOfOrder() {
        return CommonProblem.SERVICE_UNAVAILABLE.exception().retryAfter(Duration.ofSeconds(1));
    }
}
