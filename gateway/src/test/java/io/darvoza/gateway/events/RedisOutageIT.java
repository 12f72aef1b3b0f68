package io.darvoza.gateway.events;

import static io.darvoza.gateway.events.EventFixtures.TOPIC;
import static io.darvoza.gateway.events.EventFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.RedisAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** Redis goes away under open streams and comes back: nothing is lost, nothing is given up. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "darvoza.database.port=1",
            "darvoza.database.password=none",
            "darvoza.identity.client-secret=synthetic",
            "darvoza.events.topics=" + TOPIC,
            // None, so that an event that is tried again at all is tried because Redis is away.
            "darvoza.events.retry.retries=0",
            "darvoza.gateway.events.group=redis-outage",
            "darvoza.gateway.events.poll=200ms",
            "darvoza.gateway.events.retry=100ms"
        })
@TestIdentity
@RealInfrastructure(Server.KAFKA)
class RedisOutageIT {

    private static final RestartableServer<RedisAccess> REDIS = RestartableServer.redis();
    private static final ParameterizedTypeReference<ServerSentEvent<String>> SSE =
            new ParameterizedTypeReference<>() {};
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private KafkaTemplate<Object, Object> kafka;

    @LocalServerPort
    private int port;

    private final String name = "user-" + UUID.randomUUID();
    private final EventOwner owner = EventOwner.user(TestTokens.subjectOf(name));

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        REDIS.access().properties().forEach((key, value) -> properties.add(key, () -> value));
    }

    @AfterAll
    static void end() {
        REDIS.close();
    }

    @Test
    void endsOpenStreamsRefusesNewOnesAndStoresEveryEventAfterwards() throws InterruptedException {
        SuiteEvent before = event(owner, "1", 1);
        SuiteEvent meanwhile = event(owner, "2", 1);

        StepVerifier.create(request("0-0").retrieve().bodyToFlux(SSE).filter(event -> event.data() != null))
                .then(() -> send(before))
                .assertNext(
                        event -> assertThat(event.data()).contains(before.id().toString()))
                .then(REDIS::stop)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(request(null)
                        .exchangeToMono(answer -> Mono.just(answer.statusCode().value()))
                        .block(PATIENCE))
                .isEqualTo(503);
        send(meanwhile);

        // Long enough for several tries, each of which would give the event up if it were not for Redis.
        Thread.sleep(2000);
        REDIS.start();

        StepVerifier.create(request("0-0")
                        .retrieve()
                        .bodyToFlux(SSE)
                        .filter(event -> event.data() != null
                                && event.data().contains(meanwhile.id().toString()))
                        .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(200)))
                        .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(200)))
                        .take(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private void send(SuiteEvent event) {
        ProducerRecord<String, String> message = CloudEventHeaders.toRecord(TOPIC, name, event);
        kafka.send(new ProducerRecord<Object, Object>(TOPIC, null, message.key(), message.value(), message.headers()));
    }

    private WebClient.RequestHeadersSpec<?> request(String lastEventId) {
        WebClient.RequestHeadersSpec<?> request = WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/v1/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header(
                        HttpHeaders.AUTHORIZATION,
                        "Bearer " + TestTokens.shared().user(name, "bank_client"));
        return lastEventId == null ? request : request.header("Last-Event-ID", lastEventId);
    }
}
