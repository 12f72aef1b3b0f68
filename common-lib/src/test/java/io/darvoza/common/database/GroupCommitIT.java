package io.darvoza.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.service.TinyService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@RealInfrastructure(Server.POSTGRES)
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.outbox.relay.enabled=false",
            "darvoza.database.statement-timeout=1s",
            "darvoza.database.lock-timeout=500ms",
            "darvoza.database.idle-in-transaction-timeout=7s",
            "darvoza.database.pool.max=9"
        })
class GroupCommitIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private final AtomicInteger commits = new AtomicInteger();

    private final Insert<Item> items = Insert.<Item>into("item")
            .uuid("id", Item::id)
            .text("word", Item::word)
            .bytes("bytes", Item::bytes)
            .time("at", Item::at)
            .integer("number", Item::number)
            .bigint("big", Item::big)
            .bool("yes", Item::yes)
            .committed(commits::incrementAndGet);

    @Autowired
    DatabaseClient database;

    @Autowired
    DedicatedConnections dedicated;

    private record Item(
            UUID id,
            @Nullable String word,
            byte @Nullable [] bytes,
            @Nullable Instant at,
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable Boolean yes) {

        static Item of(@Nullable String word) {
            return new Item(UUID.randomUUID(), word, null, null, null, null, null);
        }
    }

    @BeforeEach
    void emptyTable() throws SQLException {
        sql("DROP TABLE IF EXISTS item");
        sql("CREATE TABLE item (id uuid PRIMARY KEY, word text CHECK (word <> 'wrong'), bytes bytea, at timestamptz,"
                + " number integer, big bigint, yes boolean)");
    }

    @Test
    void manyAtOnceShareFewTransactionsAndEachIsThereWhenItsCallerIsTold() {
        GroupCommit group = group(100, 2000, Duration.ofSeconds(10));
        List<CompletableFuture<Long>> told = IntStream.range(0, 500)
                .mapToObj(n -> Item.of("n" + n))
                .map(item -> group.write(List.of(items.row(item)))
                        .then(Mono.defer(() -> count("word = '" + item.word() + "'")))
                        .toFuture())
                .toList();

        assertThat(told).allSatisfy(one -> assertThat(one).succeedsWithin(BOUND).isEqualTo(1L));
        assertThat(Await.within(count("true"), BOUND)).isEqualTo(500);
        long transactions = Await.within(
                database.sql("SELECT count(DISTINCT xmin::text) FROM item")
                        .mapValue(Long.class)
                        .one(),
                BOUND);
        assertThat(transactions).isBetween(5L, 50L);
        assertThat(commits.get()).isEqualTo((int) transactions);
    }

    @Test
    void whatTheDatabaseRefusesFailsItsCallerAloneAndWhole() throws SQLException {
        GroupCommit group = group(100, 2000, Duration.ofSeconds(10));
        List<CompletableFuture<Void>> told = new ArrayList<>();
        try (Held ignored = new Held()) {
            told.add(group.write(List.of(items.row(Item.of("first")))).toFuture());
            for (int n = 0; n < 20; n++) {
                told.add(group.write(List.of(
                                items.row(Item.of("good" + n)), items.row(Item.of(n == 7 ? "wrong" : "more" + n))))
                        .toFuture());
            }
        }

        for (int n = 0; n < told.size(); n++) {
            if (n == 8) {
                assertThatThrownBy(told.get(n)::join).hasCauseInstanceOf(DataIntegrityViolationException.class);
            } else {
                assertThat(told.get(n)).succeedsWithin(BOUND);
            }
        }
        assertThat(Await.within(count("true"), BOUND)).isEqualTo(39);
        assertThat(Await.within(count("word in ('good7', 'more7')"), BOUND)).isZero();
    }

    /** A deferred constraint is looked at by the commit, after the statement has told its rows. */
    @Test
    void whoseCommitFailsIsNotToldThatTheRowsAreThere() throws SQLException {
        sql("ALTER TABLE item ADD CONSTRAINT one_word UNIQUE (word) DEFERRABLE INITIALLY DEFERRED");
        GroupCommit group = group(10, 10, Duration.ofSeconds(10));

        assertThatThrownBy(() -> Await.within(
                        group.write(List.of(items.row(Item.of("twice")), items.row(Item.of("twice")))), BOUND))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(commits.get()).isZero();
        assertThat(Await.within(count("true"), BOUND)).isZero();
    }

    @Test
    void valuesArriveAsTheyAre() {
        List<Item> given = Stream.concat(
                        Stream.of(
                                        "",
                                        "NULL",
                                        "null",
                                        "{}",
                                        "a,b",
                                        "\"quoted\"",
                                        "back\\slash",
                                        "it's",
                                        "два\nряда",
                                        "{{",
                                        "😀",
                                        " ")
                                .map(Item::of),
                        Stream.of(
                                Item.of(null),
                                new Item(
                                        UUID.randomUUID(), "all", new byte[] {0, -1, 92, 34}, NOON, -5, 1L << 60, true),
                                new Item(UUID.randomUUID(), "empty", new byte[0], Instant.EPOCH, 0, 0L, false)))
                .toList();

        Await.within(group(10, 10, BOUND).write(given.stream().map(items::row).toList()), BOUND);

        assertThat(given).allSatisfy(item -> {
            Item found = Await.within(find(item.id()), BOUND);
            assertThat(found).usingRecursiveComparison().isEqualTo(item);
        });
    }

    @Test
    void moreThanMayWaitAreTurnedAwayAndTheOthersAreWritten() throws SQLException {
        GroupCommit group = group(2, 3, Duration.ofSeconds(10));
        List<CompletableFuture<Void>> told;
        try (Held ignored = new Held()) {
            told = IntStream.range(0, 6)
                    .mapToObj(n ->
                            group.write(List.of(items.row(Item.of("n" + n)))).toFuture())
                    .toList();
            assertThat(told.subList(4, 6))
                    .allSatisfy(one -> assertThatThrownBy(one::join)
                            .hasCauseInstanceOf(ProblemException.class)
                            .hasMessageContaining(CommonProblem.SERVICE_UNAVAILABLE.code()));
        }

        assertThat(told.subList(0, 4)).allSatisfy(one -> assertThat(one).succeedsWithin(BOUND));
        assertThat(Await.within(count("true"), BOUND)).isEqualTo(4);
        Await.within(group.write(List.of(items.row(Item.of("later")))), BOUND);
    }

    @Test
    void whoHasWaitedLongEnoughIsToldAndTheNextOnesGoOn() throws SQLException {
        GroupCommit group = group(10, 10, Duration.ofMillis(100));
        try (Held ignored = new Held()) {
            assertThatThrownBy(() -> Await.within(group.write(List.of(items.row(Item.of("late")))), BOUND))
                    .isInstanceOf(ProblemException.class);
        }
        Await.within(group.write(List.of(items.row(Item.of("next")))), BOUND);

        assertThat(Await.within(count("word = 'next'"), BOUND)).isEqualTo(1);
    }

    @Test
    void whoGoesAwayIsWrittenAllTheSame() throws SQLException {
        GroupCommit group = group(10, 10, Duration.ofSeconds(10));
        try (Held ignored = new Held()) {
            group.write(List.of(items.row(Item.of("gone")))).subscribe().dispose();
        }
        Await.within(group.write(List.of(items.row(Item.of("here")))), BOUND);

        assertThat(Await.within(count("true"), BOUND)).isEqualTo(2);
    }

    private GroupCommit group(int callers, int waiting, Duration patience) {
        return new GroupCommit(
                database, new GroupCommitProperties(callers, waiting, patience), new SimpleMeterRegistry());
    }

    /** Nobody can write while it is open. */
    private final class Held implements AutoCloseable {

        private final Connection connection = dedicated.open("held");

        Held() throws SQLException {
            connection.setAutoCommit(false);
            try (Statement lock = connection.createStatement()) {
                lock.execute("LOCK TABLE item IN EXCLUSIVE MODE");
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    private Mono<Long> count(String condition) {
        return database.sql("SELECT count(*) FROM item WHERE " + condition)
                .mapValue(Long.class)
                .one();
    }

    private Mono<Item> find(UUID id) {
        return database.sql("SELECT * FROM item WHERE id = :id")
                .bind("id", id)
                .map(row -> new Item(
                        row.get("id", UUID.class),
                        row.get("word", String.class),
                        row.get("bytes", byte[].class),
                        row.get("at", Instant.class),
                        row.get("number", Integer.class),
                        row.get("big", Long.class),
                        row.get("yes", Boolean.class)))
                .one();
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = dedicated.open("test");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
