package io.darvoza.common.outbox;

import static io.darvoza.common.outbox.OutboxFixtures.BOUND;
import static io.darvoza.common.outbox.OutboxFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.KafkaAccess;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.service.TinyService;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The broker is away when the service starts, comes, goes for a while ({@code -Dsuite.long}: a minute), and comes again. */
@RealInfrastructure(Server.POSTGRES)
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {TinyService.NAME, TinyService.NO_REGISTRY, "darvoza.events.topics=away.v1"})
class BrokerAwayIT {

    private static final Duration AWAY =
            Boolean.getBoolean("suite.long") ? Duration.ofMinutes(1) : Duration.ofSeconds(12);

    private static final RestartableServer<KafkaAccess> BROKER = RestartableServer.kafka();

    @DynamicPropertySource
    static void brokerIsAwayAtStart(DynamicPropertyRegistry properties) {
        BROKER.access().properties().forEach((name, value) -> properties.add(name, () -> value));
        BROKER.stop();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @Autowired
    Outbox outbox;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Test
    void aBrokerThatGoesAndComesLosesNothingAndHoldsUpNobody() {
        Duration slowest = write(0, 20, Duration.ZERO);
        BROKER.start();
        assertThatArrived(20);

        BROKER.stop();
        slowest = longer(slowest, write(20, 60, AWAY));
        assertThat(unsent()).isEqualTo(40);
        BROKER.start();
        assertThatArrived(60);

        assertThat(slowest).as("a writer never waits for the broker").isLessThan(Duration.ofSeconds(2));
    }

    /** Commits changes of five documents, spread over the time. Returns how long the slowest commit took. */
    private Duration write(int from, int to, Duration spread) {
        Duration slowest = Duration.ZERO;
        for (int n = from; n < to; n++) {
            String key = "document-" + n % 5;
            long started = System.nanoTime();
            Await.within(outbox.append("away.v1", key, event(key, n)).as(transaction::transactional), BOUND);
            slowest = longer(slowest, Duration.ofNanos(System.nanoTime() - started));
            Await.within(Mono.delay(spread.dividedBy(to - from)), BOUND);
        }
        return slowest;
    }

    private void assertThatArrived(int count) {
        try (var reader = new TopicReader(BROKER.access(), "away.v1")) {
            var records = reader.until(
                    BOUND, seen -> seen.stream().map(r -> version(r)).distinct().count() == count);
            for (int document = 0; document < 5; document++) {
                String key = "document-" + document;
                List<Long> firstDeliveries = records.stream()
                        .filter(r -> r.key().equals(key))
                        .map(BrokerAwayIT::version)
                        .distinct()
                        .toList();
                int remainder = document;
                assertThat(firstDeliveries)
                        .containsExactlyElementsOf(IntStream.range(0, count)
                                .filter(n -> n % 5 == remainder)
                                .mapToObj(Long::valueOf)
                                .toList());
            }
        }
    }

    private static long version(org.apache.kafka.clients.consumer.ConsumerRecord<String, String> message) {
        return CloudEventHeaders.toEvent(message).aggregateVersion();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private long unsent() {
        Long count = Await.within(
                database.sql("SELECT count(*) FROM outbox_event WHERE status = 'unsent'")
                        .map(row -> row.get(0, Long.class))
                        .one(),
                BOUND);
        return count == null ? -1 : count;
    }
}
