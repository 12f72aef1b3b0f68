package io.darvoza.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.service.TinyService;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
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
class DatabaseIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    DedicatedConnections dedicated;

    @Test
    void everyConnectionCarriesTheTimeOuts() {
        assertThat(setting("statement_timeout")).isEqualTo("1s");
        assertThat(setting("lock_timeout")).isEqualTo("500ms");
        assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("7s");
        assertThat(setting("application_name")).isEqualTo("tiny-service");
    }

    @Test
    void dedicatedConnectionsCarryTheTimeOutsToo() throws SQLException {
        try (var connection = dedicated.open("test");
                var statement = connection.createStatement();
                var result = statement.executeQuery("""
                        SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),
                               current_setting('tcp_keepalives_idle'), current_setting('application_name')
                        """)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("1s");
            assertThat(result.getString(2)).isEqualTo("500ms");
            assertThat(result.getString(3)).isEqualTo("10");
            assertThat(result.getString(4)).isEqualTo("tiny-service test");
        }
    }

    @Test
    void aSlowStatementEndsAtTheServer() {
        assertThatThrownBy(() ->
                        Await.within(database.sql("SELECT pg_sleep(10)").fetch().first(), BOUND))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("statement timeout");
    }

    @Test
    void connectionsSpreadOverAllLoopThreads() {
        Map<String, Long> connectionsByThread = Flux.range(0, 9)
                .flatMap(_ -> holdConnection(), 9)
                .collect(Collectors.groupingBy(thread -> thread, Collectors.counting()))
                .block(BOUND);

        assertThat(connectionsByThread)
                .hasSize(3)
                .allSatisfy((_, connections) -> assertThat(connections).isBetween(2L, 4L));
    }

    @Test
    void commonTablesHaveTheirOwnHistory() {
        List<String> tables = database.sql(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block(BOUND);

        assertThat(tables)
                .contains(
                        "outbox_event",
                        "inbox_event",
                        "inbox_version",
                        "idempotency",
                        "flyway_common_history",
                        "flyway_schema_history");
    }

    @Test
    void rowsGoWhenTheirTimeIsOver() {
        Await.within(database.sql("""
                        INSERT INTO inbox_event (consumer, event_id, received_at)
                        SELECT 'c', gen_random_uuid(), now() - make_interval(days => n) FROM generate_series(1, 60) n
                        """).then(), BOUND);

        new Retention(
                        List.of(new RetentionRule("inbox_event", "received_at", Duration.ofDays(30))),
                        database,
                        new RetentionProperties(Duration.ofHours(1), 7))
                .apply();

        assertThat(Await.within(
                        database.sql("SELECT count(*) FROM inbox_event")
                                .map(row -> row.get(0, Long.class))
                                .one(),
                        BOUND))
                .isEqualTo(29);
    }

    @Test
    void whatIsWrittenTogetherTellsEachOfItsRows() {
        List<Long> told = new ArrayList<>();

        Await.within(Write.together(database, List.of(versions("a", 1, told), versions("b", 3, told))), BOUND);

        assertThat(told).containsExactly(1L, 3L);
        assertThat(versionsOf("a")).isEqualTo(1);
        assertThat(versionsOf("b")).isEqualTo(3);
    }

    @Test
    void ofWhatIsWrittenTogetherNothingStaysWhenOnePartFails() {
        List<Long> told = new ArrayList<>();
        Await.within(Write.together(database, List.of(versions("taken", 1, told))), BOUND);

        assertThatThrownBy(() -> Await.within(
                        Write.together(database, List.of(versions("new", 1, told), versions("taken", 1, told))), BOUND))
                .isInstanceOf(DataAccessException.class);

        assertThat(told).containsExactly(1L);
        assertThat(versionsOf("new")).isZero();
    }

    private static Write versions(String consumer, int count, List<Long> told) {
        return new Write(
                """
                INSERT INTO inbox_version (consumer, source, subject, aggregate_version)
                SELECT :consumer, :source::text, n, 1 FROM generate_series(1, :count) n
                """,
                Map.of("consumer", consumer, "count", count, "source", SqlValue.of(String.class, "s")),
                rows -> Mono.fromRunnable(() -> told.add(rows)));
    }

    private long versionsOf(String consumer) {
        return Await.within(
                database.sql("SELECT count(*) FROM inbox_version WHERE consumer = :consumer")
                        .bind("consumer", consumer)
                        .mapValue(Long.class)
                        .one(),
                BOUND);
    }

    /** Holds a connection for a moment, so that nine need nine, and tells the thread that serves it. */
    private Mono<String> holdConnection() {
        return database.sql("SELECT pg_sleep(0.3)")
                .map(_ -> Thread.currentThread().getName())
                .one()
                .as(transaction::transactional);
    }

    private String setting(String name) {
        return Await.within(
                database.sql("SELECT current_setting(:name)")
                        .bind("name", name)
                        .map(row -> row.get(0, String.class))
                        .one(),
                BOUND);
    }
}
