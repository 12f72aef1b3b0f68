package io.darvoza.common.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What happens, live, for as many readers as like.
 *
 * <p>Rows of the feed's table get their number, {@code seq}, after their transaction has committed, one batch at a time over all
 * instances, by the function {@code <table>_advance(at_most)} of the service's migrations, which answers the greatest number. So
 * whoever goes on behind a number misses nothing. Readers hear that there is more and read it from the table: a slow one delays
 * nobody.
 *
 * @param <T> an item as it is told
 */
public final class Feed<T> {

    private static final int BATCH = 500;
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final DatabaseClient database;
    private final String table;
    private final Reader<T> reader;
    private final ToLongFunction<T> number;
    private final AtomicLong head = new AtomicLong(-1);
    private final AtomicInteger readers = new AtomicInteger();
    private volatile Runnable newReader = () -> {};
    private final Sinks.Many<Long> heads = Sinks.many().replay().latest();
    private final Flux<T> shared =
            Flux.defer(() -> head().flatMapMany(this::behind)).publish().refCount(1, LINGER);

    /**
     * @param table of the feed
     * @param number the number of an item
     */
    public Feed(DatabaseClient database, String table, Reader<T> reader, ToLongFunction<T> number) {
        this.database = database;
        this.table = table;
        this.reader = reader;
        this.number = number;
    }

    /** Reads the feed's table. */
    @FunctionalInterface
    public interface Reader<T> {

        /** The items behind a number, in the order of their numbers. */
        Flux<T> behind(long seq, int atMost);
    }

    /**
     * What comes from now on, for who just came; behind {@code last}, for who comes back; after a {@code resync}, which says to
     * read everything anew, for who was away longer than {@code replay} items or sends what was never a number. It never ends by
     * itself.
     *
     * @param last the reader's {@code Last-Event-ID}
     * @param event how an item is told; its id is to be the item's number
     */
    public Flux<ServerSentEvent<String>> events(
            @Nullable String last, int replay, Function<T, ServerSentEvent<String>> event) {
        return head().flatMapMany(now -> {
            long position = position(last, now, replay);
            return position < 0
                    ? Flux.just(resync(now)).concatWith(behind(now).map(event))
                    : behind(position).map(event);
        });
    }

    /** Everything behind a number, then what comes; it never ends by itself. */
    public Flux<T> behind(long seq) {
        AtomicLong position = new AtomicLong(seq);
        return heads.asFlux()
                .onBackpressureLatest()
                .concatMap(known -> rest(position, known), 1)
                .doOnNext(item -> position.set(number.applyAsLong(item)))
                .doOnSubscribe(_ -> {
                    readers.incrementAndGet();
                    newReader.run();
                })
                .doFinally(_ -> readers.decrementAndGet());
    }

    /** What comes from now on, read once for all who listen; they must take it without delay. */
    public Flux<T> shared() {
        return shared;
    }

    /** The greatest number there is; 0 for none. */
    public Mono<Long> head() {
        return database.sql("select coalesce(max(seq), 0) from " + table)
                .mapValue(Long.class)
                .one();
    }

    /** Whether somebody reads at this instance. */
    boolean isRead() {
        return readers.get() > 0;
    }

    /** What is to happen whenever somebody begins to read at this instance; it returns at once. */
    void onNewReader(Runnable then) {
        newReader = then;
    }

    /**
     * Numbers what has committed and tells this instance's readers how far it goes, once that has committed itself: the one
     * statement is its own transaction, and its answer ends behind the commit.
     */
    Mono<Void> advance() {
        return database.sql("select %s_advance(%d)".formatted(table, BATCH))
                .mapValue(Long.class)
                .one()
                .doOnNext(now -> {
                    if (head.getAndSet(now) != now) {
                        // Only the feed's job emits, one call after another.
                        heads.emitNext(now, Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                })
                .then();
    }

    private Flux<T> rest(AtomicLong position, long known) {
        return Flux.defer(() -> known > position.get() ? reader.behind(position.get(), BATCH) : Flux.empty())
                .collectList()
                .expand(items -> items.size() < BATCH
                        ? Mono.empty()
                        : reader.behind(number.applyAsLong(items.getLast()), BATCH)
                                .collectList())
                .concatMapIterable(items -> items);
    }

    /** Where to go on: the end for a newcomer, -1 for one who cannot be told what there was. */
    private static long position(@Nullable String last, long head, int replay) {
        if (last == null) {
            return head;
        }
        if (!last.matches("[0-9]{1,18}")) {
            return -1;
        }
        long seen = Long.parseLong(last);
        return seen > head || head - seen > replay ? -1 : seen;
    }

    private static ServerSentEvent<String> resync(long head) {
        return ServerSentEvent.<String>builder()
                .id(Long.toString(head))
                .event("resync")
                .data("{}")
                .build();
    }
}
