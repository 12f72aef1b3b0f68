package io.darvoza.payments.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What happens to orders, live, for as many readers as like.
 *
 * <p>Rows get their number after their transaction has committed, one batch at a time over all instances, so whoever goes on
 * behind a number misses nothing. Readers hear that there is more and read it from the table: a slow one delays nobody.
 */
@Component
class OrderFeed {

    private static final int BATCH = 500;
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AtomicLong head = new AtomicLong(-1);
    private final Sinks.Many<Long> heads = Sinks.many().replay().latest();
    private final Flux<FeedItem> shared =
            Flux.defer(() -> head().flatMapMany(this::behind)).publish().refCount(1, LINGER);

    OrderFeed(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Everything behind a number, then what comes; it never ends by itself. */
    Flux<FeedItem> behind(long seq) {
        AtomicLong position = new AtomicLong(seq);
        return heads.asFlux()
                .onBackpressureLatest()
                .concatMap(known -> rest(position, known), 1)
                .doOnNext(item -> position.set(item.seq()));
    }

    /** What comes from now on, read once for all who listen; they must take it without delay. */
    Flux<FeedItem> shared() {
        return shared;
    }

    private Flux<FeedItem> rest(AtomicLong position, long known) {
        return Flux.defer(() -> known > position.get() ? read(position.get()) : Flux.empty())
                .collectList()
                .expand(items -> items.size() < BATCH
                        ? Mono.empty()
                        : read(items.getLast().seq()).collectList())
                .concatMapIterable(items -> items);
    }

    /** The greatest number there is; 0 for none. */
    Mono<Long> head() {
        return database.sql("select coalesce(max(seq), 0) from ops_feed")
                .mapValue(Long.class)
                .one();
    }

    /** Numbers what has committed and tells this instance's readers how far it goes, once that has committed itself. */
    Mono<Void> advance() {
        return database.sql("select ops_feed_advance(" + BATCH + ")")
                .mapValue(Long.class)
                .one()
                .as(transaction::transactional)
                .doOnNext(now -> {
                    if (head.getAndSet(now) != now) {
                        // Only this job emits, one call after another.
                        heads.emitNext(now, Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                })
                .then();
    }

    private Flux<FeedItem> read(long behind) {
        return database.sql("""
                        select f.seq feed_seq, f.kind feed_kind, f.actor feed_actor, f.at feed_at, o.*
                        from ops_feed f join payment_order o on o.id = f.order_id
                        where f.seq > :behind order by f.seq limit %d
                        """.formatted(BATCH))
                .bind("behind", behind)
                .map(row -> new FeedItem(
                        Objects.requireNonNull(row.get("feed_seq", Long.class)),
                        Objects.requireNonNull(row.get("feed_kind", String.class)),
                        Objects.requireNonNull(row.get("feed_actor", String.class)),
                        Objects.requireNonNull(row.get("feed_at", Instant.class)),
                        OrderRow.read(row)))
                .all();
    }
}
