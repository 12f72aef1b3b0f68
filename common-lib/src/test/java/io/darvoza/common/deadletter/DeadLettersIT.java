package io.darvoza.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.inbox.Inbox;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.common.test.service.TinyService;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** A whole service with a listener, seen from its management port. Each test has a topic of its own. */
@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@TestIdentity
@SpringBootTest(
        classes = {TinyService.class, DeadLettersIT.Listener.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            TinyService.NAME,
            TinyService.NO_REGISTRY,
            "management.server.port=0",
            "darvoza.events.topics=mended.v1,broken.v1,many.v1,closed.v1",
            "darvoza.events.retry.retries=1",
            "darvoza.events.retry.first=20ms",
            "darvoza.events.dead-letters.shown=3",
            "darvoza.events.dead-letters.replayed=4",
            // See ListenerIT.
            "spring.kafka.producer.properties[max.in.flight.requests.per.connection]=1"
        })
class DeadLettersIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String SECRET = "4111-personal-1111";

    @TestConfiguration
    static class Listener {

        final Set<String> broken = ConcurrentHashMap.newKeySet();
        private final Inbox inbox;
        private final DatabaseClient database;

        Listener(Inbox inbox, DatabaseClient database) {
            this.inbox = inbox;
            this.database = database;
        }

        @KafkaListener(
                topics = {"mended.v1", "broken.v1", "many.v1", "closed.v1"},
                groupId = "tiny")
        void on(SuiteEvent event) {
            Boolean _ =
                    Await.within(inbox.once("tiny", event, Mono.defer(() -> effect(event))), Duration.ofSeconds(10));
        }

        private Mono<Void> effect(SuiteEvent event) {
            return broken.contains(event.subject())
                    ? Mono.error(CommonProblem.UPSTREAM_FAILED.exception().causedBy(new IllegalStateException(SECRET)))
                    : database.sql("INSERT INTO effect (subject) VALUES (:subject)")
                            .bind("subject", event.subject())
                            .then();
        }
    }

    record Letter(
            Instant at,
            String place,
            @Nullable String key,
            @Nullable String type,
            @Nullable String id,
            @Nullable String group,
            @Nullable String cause) {}

    record Topic(String topic, long waiting, List<Letter> letters) {}

    record Overview(List<Topic> topics) {}

    record Replayed(String topic, long replayed, long waiting) {}

    @Autowired
    Listener listener;

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    DatabaseClient database;

    @LocalManagementPort
    int managementPort;

    @LocalServerPort
    int port;

    @BeforeEach
    void table() {
        Await.within(
                database.sql("CREATE TABLE IF NOT EXISTS effect (subject text NOT NULL)")
                        .fetch()
                        .rowsUpdated(),
                BOUND);
    }

    @Test
    void aPoisonEventIsShownAndAfterItsCauseIsMendedItHasItsEffectOnce() throws Exception {
        listener.broken.add("poison");
        SuiteEvent event = event("poison");
        kafka.send(CloudEventHeaders.toRecord("mended.v1", "poison", event));

        Topic shown = shownOnce("mended.v1", 1);
        assertThat(shown.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("poison");
            assertThat(letter.type()).isEqualTo("tiny.thing.changed.v1");
            assertThat(letter.id()).isEqualTo(event.id().toString());
            assertThat(letter.group()).isEqualTo("tiny");
            assertThat(letter.cause()).isEqualTo("upstream_failed");
            assertThat(letter.at()).isAfter(Instant.now().minus(BOUND));
        });
        assertThat(effects("poison")).isZero();

        listener.broken.clear();
        assertThat(replay("mended.v1")).isEqualTo(new Replayed("mended.v1", 1, 0));
        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(effects("poison")).isEqualTo(1));
        assertThat(waiting("mended.v1")).isEqualTo(new Topic("mended.v1", 0, List.of()));
        assertThat(replay("mended.v1")).as("nothing waits").isEqualTo(new Replayed("mended.v1", 0, 0));

        forgetWhatWasReplayed("mended.v1-dlt");
        assertThat(replay("mended.v1")).as("as after a crash").isEqualTo(new Replayed("mended.v1", 1, 0));
        assertThat(sent("mended.v1", 3)).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo("poison");
            assertThat(record.value()).isEqualTo(event.json());
            assertThat(headers(record.headers().toArray()))
                    .isEqualTo(headers(CloudEventHeaders.toRecord("t", "k", event)
                            .headers()
                            .toArray()));
        });
        kafka.send(CloudEventHeaders.toRecord("mended.v1", "poison", event("poison")));
        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(effects("poison"))
                        .as("the repeated one has none, the next one has its own")
                        .isEqualTo(2));
    }

    @Test
    void whatIsStillBrokenComesBackOnceAndNoDataIsShown() {
        listener.broken.add(SECRET);
        kafka.send(new ProducerRecord<>("broken.v1", "nonsense", SECRET));
        shownOnce("broken.v1", 1);

        assertThat(replay("broken.v1")).isEqualTo(new Replayed("broken.v1", 1, 0));

        assertThat(shownOnce("broken.v1", 1).letters()).singleElement().satisfies(letter -> {
            assertThat(letter.type()).isNull();
            assertThat(letter.cause()).isEqualTo("IllegalArgumentException");
        });
        assertThat(management("ops")
                        .get()
                        .uri("/actuator/deadletters")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .doesNotContain(SECRET);
    }

    @Test
    void aLongQueueIsCountedWholeShownInPartAndReplayedInPortions() {
        for (int i = 0; i < 10; i++) {
            listener.broken.add("many-" + i);
            kafka.send(CloudEventHeaders.toRecord("many.v1", "many-" + i, event("many-" + i)));
        }
        assertThat(shownOnce("many.v1", 10).letters()).hasSize(3);
        listener.broken.removeIf(subject -> subject.startsWith("many-"));

        assertThat(replay("many.v1")).isEqualTo(new Replayed("many.v1", 4, 6));
        assertThat(replay("many.v1")).isEqualTo(new Replayed("many.v1", 4, 2));
        assertThat(waiting("many.v1").letters()).hasSize(2);
        assertThat(replay("many.v1")).isEqualTo(new Replayed("many.v1", 2, 0));

        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(IntStream.range(0, 10).mapToLong(i -> effects("many-" + i)))
                        .containsOnly(1L));
    }

    @Test
    void onlyOperationsMayAskAndOnlyOnTheManagementPort() {
        var anonymous = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build();
        anonymous.get().uri("/actuator/deadletters").exchange().expectStatus().isUnauthorized();
        anonymous
                .post()
                .uri("/actuator/deadletters/closed.v1")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        anonymous
                .get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk();
        for (String role : List.of("auditor", "bank_admin")) {
            management(role)
                    .get()
                    .uri("/actuator/deadletters")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
            management(role)
                    .post()
                    .uri("/actuator/deadletters/closed.v1")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
        client(port, "ops")
                .get()
                .uri("/actuator/deadletters")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aTopicThatNobodyListensToHereIsNotFound() {
        for (String topic : List.of("other.v1", "mended.v1-dlt", "tiny")) {
            management("ops")
                    .post()
                    .uri("/actuator/deadletters/" + topic)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("not_found");
        }
    }

    private Topic shownOnce(String topic, long count) {
        return Awaitility.await().atMost(BOUND).until(() -> waiting(topic), found -> found.waiting() == count);
    }

    private Topic waiting(String topic) {
        Overview overview = management("ops")
                .get()
                .uri("/actuator/deadletters")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Overview.class)
                .returnResult()
                .getResponseBody();
        assertThat(overview).isNotNull();
        assertThat(overview.topics())
                .extracting(Topic::topic)
                .containsExactly("broken.v1", "closed.v1", "many.v1", "mended.v1");
        return overview.topics().stream()
                .filter(found -> found.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private Replayed replay(String topic) {
        return management("ops")
                .post()
                .uri("/actuator/deadletters/" + topic)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Replayed.class)
                .returnResult()
                .getResponseBody();
    }

    private WebTestClient management(String role) {
        return client(managementPort, role);
    }

    private static WebTestClient client(int port, String role) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(BOUND)
                .defaultHeaders(
                        headers -> headers.setBearerAuth(TestTokens.shared().user(role, role)))
                .build();
    }

    private long effects(String subject) {
        Long count = Await.within(
                database.sql("SELECT count(*) FROM effect WHERE subject = :subject")
                        .bind("subject", subject)
                        .map(row -> row.get(0, Long.class))
                        .one(),
                BOUND);
        return count == null ? -1 : count;
    }

    private static void forgetWhatWasReplayed(String topic) throws Exception {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", Infrastructure.current().kafka().bootstrapServers()))) {
            var known =
                    admin
                            .listConsumerGroupOffsets(DeadLetters.GROUP)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .keySet()
                            .stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .collect(Collectors.toSet());
            admin.deleteConsumerGroupOffsets(DeadLetters.GROUP, known).all().get();
        }
    }

    private static List<ConsumerRecord<String, String>> sent(String topic, int count) {
        try (var reader = new TopicReader(Infrastructure.current().kafka(), topic)) {
            return reader.until(BOUND, seen -> seen.size() == count);
        }
    }

    private static List<String> headers(Header[] headers) {
        return Arrays.stream(headers)
                .map(header -> header.key() + "=" + new String(header.value()))
                .sorted()
                .toList();
    }

    private static SuiteEvent event(String subject) {
        return new SuiteEvent(
                UUID.randomUUID(),
                "tiny.thing.changed.v1",
                "/tiny-service",
                Instant.EPOCH,
                subject,
                1,
                EventOwner.user("u"),
                null,
                "{\"note\":\"" + SECRET + "\"}");
    }
}
