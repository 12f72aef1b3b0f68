package io.darvoza.common.outbox;

import static io.darvoza.common.outbox.OutboxFixtures.BOUND;
import static io.darvoza.common.outbox.OutboxFixtures.event;
import static io.darvoza.common.outbox.OutboxFixtures.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.service.TinyService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.events.topics=outbox.v1,outbox-refused.v1",
            "darvoza.outbox.relay.poll=20s",
            "darvoza.outbox.relay.max-back-off=1s",
            "darvoza.outbox.relay.max-hold=200ms"
        })
class OutboxIT {

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay relay;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    MeterRegistry meters;

    @Test
    void anEventReachesKafkaAsItWasWritten() {
        SuiteEvent event = event("as-written", 7);

        commit(outbox.append("outbox.v1", "as-written", event));

        try (var reader = new TopicReader(Infrastructure.current().kafka(), "outbox.v1")) {
            var records = reader.until(
                    BOUND, seen -> seen.stream().anyMatch(r -> r.key().equals("as-written")));
            var received =
                    records.stream().filter(r -> r.key().equals("as-written")).toList();
            assertThat(received).hasSize(1);
            assertThat(CloudEventHeaders.toEvent(received.getFirst())).isEqualTo(event);
        }
    }

    @Test
    void aCommitWakesTheRelayLongBeforeItsNextPoll() {
        eventually(BOUND, () -> assertThat(relay.isLeader()).isTrue());
        commit(outbox.append("outbox.v1", "warm-up", event("warm-up", 1)));
        eventually(BOUND, () -> assertThat(unsent()).isZero());

        commit(outbox.append("outbox.v1", "poked", event("poked", 1)));

        eventually(Duration.ofSeconds(5), () -> assertThat(unsent()).isZero());
    }

    @Test
    void withoutATransactionNothingIsWritten() {
        assertThatThrownBy(() -> Await.within(outbox.append("outbox.v1", "alone", event("alone", 1)), BOUND))
                .isInstanceOf(NoTransactionException.class);

        assertThat(count("SELECT count(*) FROM outbox_event WHERE event_key = 'alone'"))
                .isZero();
    }

    @Test
    void aTopicThatTheServiceDoesNotDeclareIsRefused() {
        assertThatThrownBy(() -> commit(outbox.append("no-such.v1", "k", event("k", 1))))
                .hasMessageContaining("no-such.v1");
    }

    @Test
    void anEventOfARolledBackTransactionNeverExists() {
        assertThatThrownBy(() -> commit(outbox.append("outbox.v1", "rolled-back", event("rolled-back", 1))
                        .then(Mono.error(new IllegalStateException("no")))))
                .hasMessage("no");

        assertThat(count("SELECT count(*) FROM outbox_event WHERE event_key = 'rolled-back'"))
                .isZero();
    }

    @Test
    void eventsOfAKeyKeepTheirOrder() {
        commit(Flux.range(1, 300)
                .concatMap(n -> outbox.append("outbox.v1", "ordered-" + n % 3, event("ordered-" + n % 3, n)))
                .then());

        try (var reader = new TopicReader(Infrastructure.current().kafka(), "outbox.v1")) {
            var records = reader.until(
                    BOUND,
                    seen -> seen.stream()
                                    .filter(r -> r.key().startsWith("ordered-"))
                                    .count()
                            == 300);
            for (int lane = 0; lane < 3; lane++) {
                String key = "ordered-" + lane;
                assertThat(records.stream()
                                .filter(r -> r.key().equals(key))
                                .map(r -> CloudEventHeaders.toEvent(r).aggregateVersion()))
                        .hasSize(100)
                        .isSorted();
            }
        }
    }

    @Test
    void anEventThatTheBrokerRefusesHoldsUpItsKeyAndNoOther() {
        double refusedBefore = meters.counter("darvoza.outbox.refused").count();
        String tooLarge = "{\"text\":\"" + "x".repeat(2 << 20) + "\"}";
        commit(outbox.append("outbox-refused.v1", "stuck", event("stuck", 1, tooLarge))
                .then(outbox.append("outbox-refused.v1", "stuck", event("stuck", 2)))
                .then(outbox.append("outbox-refused.v1", "free", event("free", 1))));

        try (var reader = new TopicReader(Infrastructure.current().kafka(), "outbox-refused.v1")) {
            reader.until(BOUND, seen -> !seen.isEmpty());
            eventually(
                    BOUND,
                    () -> assertThat(meters.counter("darvoza.outbox.refused").count())
                            .isGreaterThan(refusedBefore));
            assertThat(count("SELECT count(*) FROM outbox_event WHERE event_key = 'stuck' AND status = 'unsent'"))
                    .isEqualTo(2);
            assertThat(count("SELECT attempts FROM outbox_event WHERE event_key = 'stuck' AND aggregate_version = 1"))
                    .isPositive();

            change("UPDATE outbox_event SET payload = '{}' WHERE event_key = 'stuck' AND aggregate_version = 1");
            eventually(BOUND, () -> {
                relay.poke();
                assertThat(unsent()).isZero();
            });

            var stuck = reader.until(BOUND, seen -> seen.size() == 3).stream()
                    .filter(r -> r.key().equals("stuck"))
                    .map(r -> CloudEventHeaders.toEvent(r).aggregateVersion());
            assertThat(stuck).containsExactly(1L, 2L);
        }
    }

    @Test
    void operatorsSeeTheBacklogAndTheLeader() {
        eventually(BOUND, () -> {
            assertThat(meters.get("darvoza.outbox.leader").gauge().value()).isEqualTo(1);
            assertThat(meters.get("darvoza.outbox.unsent").gauge().value()).isGreaterThanOrEqualTo(0);
            assertThat(meters.get("darvoza.outbox.oldest").timeGauge().value()).isGreaterThanOrEqualTo(0);
        });
    }

    private void commit(Mono<?> work) {
        Await.within(work.as(transaction::transactional), BOUND);
    }

    private long unsent() {
        return count("SELECT count(*) FROM outbox_event WHERE status = 'unsent'");
    }

    private long count(String sql) {
        Long count = Await.within(
                database.sql(sql).map(row -> row.get(0, Long.class)).one(), BOUND);
        return count == null ? -1 : count;
    }

    private void change(String sql) {
        Await.within(database.sql(sql).fetch().rowsUpdated(), BOUND);
    }
}
