package io.darvoza.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.service.TinyService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@SpringBootTest(
        classes = {TinyService.class, ListenerIT.Listener.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "darvoza.events.topics=listener.v1",
            "darvoza.events.retry.retries=2",
            "darvoza.events.retry.first=20ms",
            // Of a partition that was made a moment ago the first batch may be refused and a later one taken, which
            // Kafka does not mend.
            "spring.kafka.producer.properties[max.in.flight.requests.per.connection]=1"
        })
class ListenerIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TestConfiguration
    static class Listener {

        final Map<String, Integer> tries = new ConcurrentHashMap<>();
        final List<String> done = new CopyOnWriteArrayList<>();
        volatile boolean onVirtualThread;

        @KafkaListener(topics = "listener.v1", groupId = "listener")
        void on(SuiteEvent event) {
            onVirtualThread = Thread.currentThread().isVirtual();
            int count = tries.merge(event.subject(), 1, Integer::sum);
            if (event.subject().startsWith("poison") || (event.subject().startsWith("shaky") && count < 3)) {
                throw new IllegalStateException("not " + event.subject());
            }
            done.add(event.subject());
        }
    }

    @Autowired
    Listener listener;

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    MeterRegistry meters;

    @Test
    void everyPartitionGoesOnWhenOneMeetsPoison() {
        sendTo(0, "poison-1");
        for (int i = 0; i < 60; i++) {
            sendTo(i % 6, "good-" + i);
        }
        sendTo(1, "shaky-1");
        kafka.send(new ProducerRecord<>("listener.v1", 2, "nonsense", "no event at all"));
        for (int i = 60; i < 120; i++) {
            sendTo(i % 6, "good-" + i);
        }

        try (var reader = new TopicReader(Infrastructure.current().kafka(), "listener.v1-dlt")) {
            var dead = reader.until(BOUND, seen -> seen.size() == 2);
            assertThat(dead).extracting(r -> r.key()).containsExactlyInAnyOrder("poison-1", "nonsense");
            assertThat(dead).allSatisfy(message -> {
                assertThat(message.headers().lastHeader("kafka_dlt-original-topic"))
                        .isNotNull();
                assertThat(message.headers().lastHeader("kafka_dlt-exception-message"))
                        .isNotNull();
                assertThat(message.headers().lastHeader("kafka_dlt-exception-stacktrace"))
                        .isNull();
            });
            assertThat(dead)
                    .filteredOn(r -> r.key().equals("poison-1"))
                    .allSatisfy(message ->
                            assertThat(message.headers().lastHeader("ce_id")).isNotNull());
        }
        await(() -> listener.done.size() >= 121);
        assertThat(listener.done).doesNotHaveDuplicates().hasSize(121).contains("shaky-1");
        assertThat(listener.tries).containsEntry("poison-1", 3).containsEntry("shaky-1", 3);
        assertThat(listener.onVirtualThread).isTrue();
        assertThat(meters.counter("darvoza.events.dead", "topic", "listener.v1").count())
                .isEqualTo(2);
        assertThat(meters.counter("darvoza.events.failed", "topic", "listener.v1")
                        .count())
                .isGreaterThanOrEqualTo(5);
    }

    private void sendTo(int partition, String subject) {
        var event = new SuiteEvent(
                UUID.randomUUID(),
                "tiny.thing.changed.v1",
                "/tiny-service",
                Instant.EPOCH,
                subject,
                1,
                EventOwner.user("u"),
                null,
                "{}");
        var message = CloudEventHeaders.toRecord("listener.v1", subject, event);
        kafka.send(new ProducerRecord<>("listener.v1", partition, message.key(), message.value(), message.headers()));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
