package io.darvoza.payments.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.RealService;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The hash chain over the real tables, and those who try to change what is behind it. */
@RealService
class AuditChainIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String AUDITOR = TestTokens.shared().user("auditor", "auditor");

    @Autowired
    AuditLog audit;

    @Autowired
    AuditChain chain;

    @Autowired
    AuditChainJobs jobs;

    @Autowired
    Ledger ledger;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    MeterRegistry meters;

    @Autowired
    FreshDatabase own;

    @LocalServerPort
    int port;

    private final UUID partner = UUID.randomUUID();

    @BeforeEach
    void writeSomething() {
        for (int i = 0; i < 3; i++) {
            run(audit.write("user:1", "tried", "thing", "chain", Map.of("n", i), null, "trace"));
            run(ledger.post(Posting.prefund(partner, 100), Currency.RUB, "user:1"));
        }
        chained();
    }

    @Test
    void everythingThatWasWrittenIsInTheChainOnceAndTheChainIsWhole() {
        assertThat(number("select count(*) from audit_log") + number("select count(*) from ledger_tx"))
                .isEqualTo(number("select count(*) from chain_link"));
        AuditChain.Finding found = value(chain.check(1, Long.MAX_VALUE - 1));
        assertThat(found.firstWrong()).isNull();
        assertThat(found.to()).isEqualTo(number("select max(position) from chain_link"));
        assertThat(value(chain.outside())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_log set actor = 'user:2' where id = :audit",
                "update audit_log set after = '{}' where id = :audit",
                "update audit_log set at = at + interval '1 microsecond' where id = :audit",
                "delete from audit_log where id = :audit",
                "update ledger_tx set actor = 'user:2' where id = :tx",
                "update ledger_entry set amount = amount + 1 where tx_id = :tx and side = 'D'",
                "delete from ledger_entry where tx_id = :tx and side = 'D'",
                "update chain_link set hash = sha256('') where id = :tx",
                "delete from chain_link where id = :audit",
            })
    void whatWasChangedOrRemovedIsFoundAtItsPlace(String change) throws SQLException {
        String auditId = text("select id::text from audit_log where object_id = 'chain' order by seq desc limit 1");
        String txId = text("select id::text from ledger_tx order by at desc, id desc limit 1");
        long place = number(
                "select position from chain_link where id = '%s'".formatted(change.contains(":tx") ? txId : auditId));
        String sql = change.replace(":audit", "'" + auditId + "'").replace(":tx", "'" + txId + "'");
        try (Connection superuser = superuser()) {
            superuser.setAutoCommit(false);
            superuser.createStatement().execute("set session_replication_role = replica");
            assertThat(superuser.createStatement().executeUpdate(sql)).isOne();
            try (var found =
                    superuser.createStatement().executeQuery("select first_wrong from chain_check(1, 1000000)")) {
                found.next();
                assertThat(found.getLong(1)).isEqualTo(place);
            }
            superuser.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update chain_link set kind = 'audit'", "delete from chain_link", "truncate chain_link"})
    void theServiceItselfCannotChangeTheChain(String attempt) {
        assertThatThrownBy(() -> run(database.sql(attempt).then()))
                .hasRootCauseMessage("permission denied for table chain_link");
    }

    /** Nothing is behind the last link, so only what is known of it elsewhere tells that it is gone. */
    @Test
    void aChainThatWasCutOffAtItsEndIsFoundAndShownByTheMetric() throws SQLException {
        jobs.checkNew();
        assertThat(gauge()).isZero();
        try (Connection superuser = superuser()) {
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser
                    .createStatement()
                    .execute("create temporary table cut as select * from chain_link order by position desc limit 1");
            superuser
                    .createStatement()
                    .execute("delete from chain_link where position = (select max(position) from chain_link)");
            jobs.checkNew();
            assertThat(gauge()).isOne();
            superuser.createStatement().execute("insert into chain_link select * from cut");
        }
        jobs.checkNew();
        assertThat(gauge()).isZero();
    }

    @Test
    void aRowThatNeverCameIntoTheChainIsMissed() throws SQLException {
        try (Connection superuser = superuser()) {
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser
                    .createStatement()
                    .execute("insert into audit_log (id, at, actor, action, object_kind, object_id)"
                            + " values (uuidv7(), now(), 'x', 'x', 'x', 'outside')");
            assertThat(value(chain.outside())).isOne();
            superuser.createStatement().execute("delete from audit_log where object_id = 'outside'");
        }
        assertThat(value(chain.outside())).isZero();
    }

    @Test
    void writersAndChainersAtOnceLeaveOneUnbrokenChain() {
        Flux<Void> writers = Flux.range(0, 60)
                .flatMap(
                        i -> audit.write("user:1", "tried", "thing", "many", Map.of("n", i), null, null)
                                .then(ledger.post(Posting.prefund(partner, 1), Currency.RUB, "user:1"))
                                .as(transaction::transactional),
                        6);
        Flux<Long> chainers = Flux.range(0, 20).flatMap(_ -> chain.append(), 3);
        Await.within(Mono.when(writers, chainers), BOUND);
        chained();

        assertThat(value(chain.check(1, Long.MAX_VALUE - 1)).whole()).isTrue();
        assertThat(number("select count(*) from chain_link"))
                .isEqualTo(number("select max(position) from chain_link"))
                .isEqualTo(number("select (select count(*) from audit_log) + (select count(*) from ledger_tx)"));
    }

    @Test
    void theEndpointTellsTheChainsEndAndWhetherItIsWhole() {
        try (var http = new PartnerHttp(port)) {
            PartnerHttp.Reply reply =
                    http.send("GET", "/v1/payments/admin/audit/chain?from=2", AUDITOR, null, Map.of());
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().get("whole").asBoolean()).isTrue();
            assertThat(reply.json().get("checked_from").asString()).isEqualTo("2");
            assertThat(reply.json().get("head_hash").asString()).hasSize(64);
            assertThat(http.send("GET", "/v1/payments/admin/audit/chain?from=0", AUDITOR, null, Map.of())
                            .status())
                    .isEqualTo(400);
        }
    }

    private void chained() {
        await().atMost(BOUND).until(() -> {
            run(chain.append().then());
            return number("select count(*) from unchained") == 0;
        });
    }

    private double gauge() {
        return meters.get("payments.audit.chain.broken").gauge().value();
    }

    private Connection superuser() throws SQLException {
        var server = own.server();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), own.name()),
                server.username(),
                server.password());
    }

    private long number(String sql) {
        return value(database.sql(sql).mapValue(Long.class).one());
    }

    private String text(String sql) {
        return value(database.sql(sql).mapValue(String.class).one());
    }

    private static void run(Mono<Void> work) {
        Await.within(work, BOUND);
    }

    private static <T> T value(Mono<T> work) {
        return Objects.requireNonNull(Await.within(work, BOUND));
    }
}
