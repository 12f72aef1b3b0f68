package io.darvoza.common.outbox;

import static io.darvoza.common.outbox.OutboxFixtures.BOUND;
import static io.darvoza.common.outbox.OutboxFixtures.event;
import static io.darvoza.common.outbox.OutboxFixtures.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.database.DedicatedConnections;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.service.TinyService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.events.topics=leadership.v1",
            "darvoza.outbox.relay.enabled=false",
            "darvoza.outbox.relay.lock-retry=50ms",
            "darvoza.outbox.relay.max-back-off=200ms"
        })
class RelayLeadershipIT {

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxProperties properties;

    @Autowired
    DedicatedConnections connections;

    @Autowired
    ProducerFactory<String, String> producers;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    private OutboxSender sender;
    private OutboxRelay first;
    private OutboxRelay second;

    @BeforeEach
    void startTwoRelays() {
        sender = OutboxSender.of(producers, properties.relay().sendTimeout());
        first = relay();
        first.start();
        eventually(BOUND, () -> assertThat(first.isLeader()).isTrue());
        second = relay();
        second.start();
    }

    @AfterEach
    void stopThem() {
        first.stop();
        second.stop();
        sender.close();
    }

    @Test
    void theOtherTakesOverWhenTheLeaderStops() {
        assertThat(second.isLeader()).isFalse();

        first.stop();

        eventually(BOUND, () -> assertThat(second.isLeader()).isTrue());
        assertThat(first.isLeader()).isFalse();
        assertThatEventsArrive("after-stop");
    }

    @Test
    void aLostConnectionIsALostLock() {
        long leader = lockHolder();

        Await.within(
                database.sql("SELECT pg_terminate_backend(:leader)")
                        .bind("leader", (int) leader)
                        .fetch()
                        .one(),
                BOUND);

        // The backend ends some time after it was told to: until then the two answer as before.
        eventually(BOUND, () -> {
            assertThat(lockHolder()).isNotEqualTo(leader);
            assertThat(List.of(first.isLeader(), second.isLeader())).containsExactlyInAnyOrder(true, false);
        });
        assertThatEventsArrive("after-loss");
    }

    private void assertThatEventsArrive(String key) {
        Await.within(outbox.append("leadership.v1", key, event(key, 1)).as(transaction::transactional), BOUND);
        try (var reader = new TopicReader(Infrastructure.current().kafka(), "leadership.v1")) {
            assertThat(reader.until(
                            BOUND, seen -> seen.stream().anyMatch(r -> r.key().equals(key))))
                    .filteredOn(r -> r.key().equals(key))
                    .hasSize(1);
        }
    }

    private long lockHolder() {
        var holder = new Integer[1];
        eventually(BOUND, () -> {
            holder[0] = Await.within(
                    database.sql("""
                                    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
                                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                                    """).map(row -> row.get(0, Integer.class)).one(), BOUND);
            assertThat(holder[0]).isNotNull();
        });
        return holder[0];
    }

    private OutboxRelay relay() {
        return new OutboxRelay(connections, sender, properties.relay(), new OutboxMeters(new SimpleMeterRegistry()));
    }
}
