package io.darvoza.gateway.events;

import static io.darvoza.gateway.events.EventFixtures.TOPIC;
import static io.darvoza.gateway.events.EventFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "darvoza.identity.client-secret=synthetic",
            "darvoza.events.topics=" + TOPIC,
            "darvoza.events.retry.retries=0",
            "darvoza.live.heartbeat=1s",
            "darvoza.gateway.events.streams-per-principal=2"
        })
@TestIdentity
@RealInfrastructure({Server.POSTGRES, Server.KAFKA, Server.REDIS})
class LiveEventsIT {

    private static final ParameterizedTypeReference<ServerSentEvent<String>> SSE =
            new ParameterizedTypeReference<>() {};
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private KafkaTemplate<Object, Object> kafka;

    @LocalServerPort
    private int port;

    private final String name = "user-" + UUID.randomUUID();
    private final EventOwner owner = EventOwner.user(TestTokens.subjectOf(name));
    private final String token = TestTokens.shared().user(name, "bank_client");

    @Test
    void bringsAnEventToItsOwnerAndNobodyElse() {
        SuiteEvent own = event(owner, "1", 1);
        String stranger = TestTokens.shared().user("stranger-" + name, "bank_client");

        StepVerifier.create(events(stranger, null).take(Duration.ofSeconds(5)))
                .then(() -> send(event(owner, "0", 1)))
                .verifyComplete();
        StepVerifier.create(
                        stream(token, null).filter(event -> event.id() != null).take(2))
                .assertNext(here -> assertThat(here.data()).isNull())
                .then(() -> send(own))
                .assertNext(received -> {
                    assertThat(received.event()).isEqualTo(own.type());
                    assertThat(received.id()).matches("\\d+-\\d+");
                    assertThat(received.data()).contains(own.id().toString()).doesNotContain("\n");
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void replaysFromTheLastEventId() {
        StepVerifier.create(events(token, "0-0").take(3))
                .then(() -> send(event(owner, "1", 1), event(owner, "2", 1), event(owner, "3", 1)))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
        List<ServerSentEvent<String>> all =
                events(token, "0-0").take(3).collectList().block(PATIENCE);
        List<ServerSentEvent<String>> rest =
                events(token, all.getFirst().id()).take(2).collectList().block(PATIENCE);

        assertThat(rest)
                .extracting(ServerSentEvent::id)
                .containsExactly(all.get(1).id(), all.get(2).id());
    }

    @Test
    void sendsADuplicateAndAnOlderVersionOnce() {
        SuiteEvent second = event(owner, "1", 2);
        SuiteEvent last = event(owner, "end", 1);

        StepVerifier.create(events(token, "0-0").map(ServerSentEvent::data).take(2))
                .then(() -> send(second, second, event(owner, "1", 1), last))
                .assertNext(data -> assertThat(data).contains(second.id().toString()))
                .assertNext(data -> assertThat(data).contains(last.id().toString()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void tellsAClientThatItsPositionIsGone() {
        StepVerifier.create(events(token, "1-1").map(ServerSentEvent::event).take(1))
                .expectNext("resync")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void sendsHeartbeatsAndEndsWithTheToken() {
        String brief = TestTokens.shared()
                .draft()
                .user(name, "bank_client")
                .claim("exp", Instant.now().getEpochSecond() + 3)
                .sign();
        List<ServerSentEvent<String>> all = stream(brief, null).collectList().block(PATIENCE);

        assertThat(all).filteredOn(event -> event.comment() != null).hasSizeGreaterThanOrEqualTo(3);
        assertThat(all).allSatisfy(event -> assertThat(event.data()).isNull());
    }

    @Test
    void refusesWhatIsNoIdAndWhoHasNoToken() {
        assertThat(status(token, "yesterday").block(PATIENCE)).isEqualTo(400);
        assertThat(status("forged", null).block(PATIENCE)).isEqualTo(401);
    }

    @Test
    void refusesMoreStreamsThanAPrincipalMayHave() throws InterruptedException {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var held = Flux.merge(
                        stream(token, null).doOnNext(_ -> first.countDown()),
                        stream(token, null).doOnNext(_ -> second.countDown()))
                .subscribe();
        try {
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(status(token, null).block(PATIENCE)).isEqualTo(429);
        } finally {
            held.dispose();
        }
    }

    @Test
    void putsWhatIsNoEventAsideAndGoesOn() throws Exception {
        kafka.send(new ProducerRecord<Object, Object>(TOPIC, 0, "k", "no event"))
                .get(10, TimeUnit.SECONDS);
        SuiteEvent broken =
                new SuiteEvent(UUID.randomUUID(), "t.v1", "/s", Instant.EPOCH, "1", 1, owner, null, "{not json");
        send(broken);

        StepVerifier.create(events(token, "0-0").take(1))
                .then(() -> send(event(owner, "1", 1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private void send(SuiteEvent... events) {
        for (SuiteEvent event : events) {
            // One key, so that the events of a test keep their order.
            ProducerRecord<String, String> message = CloudEventHeaders.toRecord(TOPIC, name, event);
            kafka.send(
                    new ProducerRecord<Object, Object>(TOPIC, null, message.key(), message.value(), message.headers()));
        }
    }

    private Flux<ServerSentEvent<String>> events(String bearer, String lastEventId) {
        return stream(bearer, lastEventId).filter(event -> event.data() != null);
    }

    private Flux<ServerSentEvent<String>> stream(String bearer, String lastEventId) {
        return request(bearer, lastEventId).retrieve().bodyToFlux(SSE);
    }

    private Mono<Integer> status(String bearer, String lastEventId) {
        return request(bearer, lastEventId)
                .exchangeToMono(answer -> Mono.just(answer.statusCode().value()));
    }

    private WebClient.RequestHeadersSpec<?> request(String bearer, String lastEventId) {
        WebClient.RequestHeadersSpec<?> request = WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/v1/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + bearer);
        return lastEventId == null ? request : request.header("Last-Event-ID", lastEventId);
    }
}
