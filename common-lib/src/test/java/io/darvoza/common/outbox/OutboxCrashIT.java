package io.darvoza.common.outbox;

import static io.darvoza.common.outbox.OutboxFixtures.BOUND;
import static io.darvoza.common.outbox.OutboxFixtures.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.database.DedicatedConnections;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.inbox.Inbox;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.KilledProcess;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.service.TinyService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A writing service is killed with {@code kill -9} between write, relay, send and mark; a consumer with an inbox counts effects. */
@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@SpringBootTest(
        classes = {TinyService.class, OutboxCrashIT.Consumer.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.events.topics=" + OutboxWriterProcess.TOPIC,
            "darvoza.outbox.relay.enabled=false"
        })
class OutboxCrashIT {

    @TestConfiguration
    static class Consumer {

        @Autowired
        Inbox inbox;

        @Autowired
        DatabaseClient database;

        @KafkaListener(topics = OutboxWriterProcess.TOPIC, groupId = "crash-consumer")
        void on(SuiteEvent event) {
            Await.within(
                    inbox.once(
                            "crash-consumer",
                            event,
                            database.sql("INSERT INTO effect (document) VALUES (:document)")
                                    .bind("document", event.subject())
                                    .then()),
                    BOUND);
        }
    }

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

    @Autowired
    Environment environment;

    @BeforeEach
    void tables() {
        change("CREATE TABLE IF NOT EXISTS document (id text PRIMARY KEY)");
        change("CREATE TABLE IF NOT EXISTS effect (document text NOT NULL)");
    }

    /** Which failpoint, whether the first document was committed before it, and whether its event is marked there. */
    @ParameterizedTest
    @CsvSource({
        "outbox.after-write,      false, false",
        "outbox.after-relay-read, true,  false",
        "outbox.after-send,       true,  false",
        "outbox.after-mark,       true,  true"
    })
    void everyCommittedDocumentHasItsEffectOnce(String failpoint, boolean committed, boolean marked) {
        String document = failpoint + "/first";
        try (var service = KilledProcess.start(OutboxWriterProcess.class, failpoint, settings(), document)) {
            service.awaitFailpoint(BOUND.multipliedBy(2));
            service.kill();
        }
        assertThat(count("SELECT count(*) FROM document WHERE id = '%s'".formatted(document)))
                .isEqualTo(committed ? 1 : 0);
        assertThat(count("SELECT count(*) FROM outbox_event WHERE event_key = '%s' AND status = 'sent'"
                        .formatted(document)))
                .isEqualTo(marked ? 1 : 0);

        String later = failpoint + "/later";
        Await.within(OutboxWriterProcess.write(database, outbox, later).as(transaction::transactional), BOUND);
        relayEverything();

        List<String> expected = committed ? List.of(document, later) : List.of(later);
        eventually(BOUND, () -> assertThat(effects(failpoint)).containsAll(expected));
        assertThat(deliveries(failpoint, later))
                .as("what was sent but not marked is sent again")
                .hasSize(failpoint.equals("outbox.after-send") ? 3 : expected.size());
        eventually(BOUND, () -> assertThat(effects(failpoint)).containsExactlyInAnyOrderElementsOf(expected));
    }

    /** What another instance, or the next start, does. */
    private void relayEverything() {
        var sender = OutboxSender.of(producers, properties.relay().sendTimeout());
        var relay =
                new OutboxRelay(connections, sender, properties.relay(), new OutboxMeters(new SimpleMeterRegistry()));
        relay.start();
        try {
            eventually(
                    BOUND,
                    () -> assertThat(count("SELECT count(*) FROM outbox_event WHERE status = 'unsent'"))
                            .isZero());
        } finally {
            relay.stop();
            sender.close();
        }
    }

    private List<String> deliveries(String failpoint, String last) {
        try (var reader = new TopicReader(Infrastructure.current().kafka(), OutboxWriterProcess.TOPIC)) {
            reader.until(BOUND, seen -> seen.stream().anyMatch(r -> r.key().equals(last)));
            long ending = System.nanoTime() + 1_000_000_000L;
            return reader.until(BOUND, _ -> System.nanoTime() > ending).stream()
                    .map(r -> r.key())
                    .filter(key -> key.startsWith(failpoint + "/"))
                    .toList();
        }
    }

    private List<String> effects(String failpoint) {
        List<String> effects = Await.within(
                database.sql("SELECT document FROM effect WHERE document LIKE :prefix")
                        .bind("prefix", failpoint + "/%")
                        .map(row -> row.get(0, String.class))
                        .all()
                        .collectList(),
                BOUND);
        return effects == null ? List.of() : effects;
    }

    private Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        Stream.of("host", "port", "name", "username", "password")
                .map("darvoza.database."::concat)
                .forEach(name -> settings.put(name, environment.getRequiredProperty(name)));
        settings.putAll(Infrastructure.current().kafka().properties());
        settings.put("darvoza.events.topics", OutboxWriterProcess.TOPIC);
        settings.put("spring.application.name", "tiny-service");
        settings.put("spring.main.web-application-type", "none");
        settings.put("eureka.client.enabled", "false");
        return settings;
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
