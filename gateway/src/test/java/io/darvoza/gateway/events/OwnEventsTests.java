package io.darvoza.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class OwnEventsTests {

    private static final List<String> ALICE = List.of("user:alice");

    private final Streams streams = new Streams();
    private final OwnEvents events = new OwnEvents(streams, new Pokes(streams, Duration.ofMinutes(1)));

    @Test
    void beginsNowAndTellsWhereThatIs() {
        streams.put("user:alice", "1-0");

        StepVerifier.create(stream(ALICE, null))
                .assertNext(first -> {
                    assertThat(first.id()).isEqualTo("1-0");
                    assertThat(first.data()).isNull();
                })
                .then(() -> streams.put("user:alice", "2-0"))
                .assertNext(event -> {
                    assertThat(event.id()).isEqualTo("2-0");
                    assertThat(event.event()).isEqualTo("type");
                    assertThat(event.data()).isEqualTo("{\"id\":\"2-0\"}");
                })
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void replaysWhatHappenedSinceInPages() {
        for (int i = 1; i <= 25; i++) {
            streams.put("user:alice", i + "-0");
        }

        StepVerifier.create(stream(ALICE, "5-0").map(ServerSentEvent::id).take(21))
                .expectNext("5-0")
                .expectNextSequence(java.util.stream.IntStream.rangeClosed(6, 25)
                        .mapToObj(i -> i + "-0")
                        .toList())
                .verifyComplete();
    }

    @Test
    void tellsOnceThatEventsAreLostAndGoesOnFromTheLast() {
        streams.put("user:alice", "7-0");
        streams.put("user:alice", "8-0");

        StepVerifier.create(stream(ALICE, "3-0"))
                .expectNextCount(1)
                .assertNext(resync -> {
                    assertThat(resync.event()).isEqualTo("resync");
                    assertThat(resync.id()).isEqualTo("8-0");
                    assertThat(resync.data()).isEqualTo("{}");
                })
                .then(() -> streams.put("user:alice", "9-0"))
                .assertNext(event -> assertThat(event.id()).isEqualTo("9-0"))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void followsSeveralOwnersEachFromItsOwnPlace() {
        streams.put("user:alice", "1-0");
        streams.put("partner:bank", "1-0");
        streams.put("partner:bank", "2-0");

        StepVerifier.create(
                        stream(List.of("user:alice", "partner:bank"), "1-0_1-0").map(ServerSentEvent::id))
                .expectNext("1-0_1-0", "1-0_2-0")
                .then(() -> streams.put("user:alice", "3-0"))
                .expectNext("3-0_2-0")
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void resyncsAClientWhoseOwnersHaveChanged() {
        streams.put("user:alice", "1-0");

        StepVerifier.create(stream(List.of("user:alice", "partner:bank"), "1-0")
                        .filter(event -> event.data() != null)
                        .map(ServerSentEvent::event)
                        .take(2))
                .expectNext("resync")
                .expectNext("resync")
                .verifyComplete();
    }

    @Test
    void showsNobodyElsesEvents() {
        StepVerifier.create(stream(ALICE, null).filter(event -> event.data() != null))
                .then(() -> streams.put("user:bob", "1-0"))
                .expectNoEvent(Duration.ofMillis(100))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void failsBeforeItBeginsWhenRedisIsAway() {
        streams.away = true;

        StepVerifier.create(events.begin(ALICE, null)).verifyError(IllegalStateException.class);
        StepVerifier.create(events.begin(ALICE, Position.parse("1-0"))).verifyError(IllegalStateException.class);
    }

    @Test
    void endsWithAnErrorWhenRedisGoesAway() {
        StepVerifier.create(stream(ALICE, null))
                .expectNextCount(1)
                .then(() -> {
                    streams.away = true;
                    streams.poke("user:alice");
                })
                .verifyError(IllegalStateException.class);
    }

    @Test
    void doesNotReadAheadOfASlowClient() {
        for (int i = 1; i <= 100; i++) {
            streams.put("user:alice", i + "-0");
        }

        StepVerifier.create(stream(ALICE, "1-0"), 1)
                .expectNextCount(1)
                .thenRequest(5)
                .expectNextCount(5)
                .then(() -> assertThat(streams.reads).isLessThanOrEqualTo(3))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void listensOnlyWhileAStreamIsOpen() {
        Disposable first = stream(ALICE, null).subscribe();
        Disposable second = stream(ALICE, null).subscribe();
        assertThat(streams.listeners).isEqualTo(1);
        first.dispose();
        assertThat(streams.listeners).isEqualTo(1);
        second.dispose();
        assertThat(streams.listeners).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "1-", "-1", "1-0-0", "1-0_", "1-0 ", "0x1-0", "99999999999999999999-0", "1-0\n"})
    void refusesAnIdThatItDidNotGiveOut(String id) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Position.parse(id));
    }

    @Test
    void countsOpenStreamsByPrincipalAndInAll() {
        OpenStreams open = new OpenStreams(EventFixtures.properties(10, 2), new SimpleMeterRegistry());
        Disposable first = open.counted("user:alice", Flux.never()).subscribe();
        Disposable second = open.counted("user:alice", Flux.never()).subscribe();

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> open.requirePlace("user:alice"));
        open.requirePlace("user:bob");
        StepVerifier.create(open.counted("user:alice", Flux.never())).verifyComplete();
        first.dispose();
        open.requirePlace("user:alice");
        second.dispose();
    }

    @Test
    void seesOwnEventsAndThoseOfTheOwnPartner() {
        assertThat(Owners.of(caller("mobile", "alice", "bank_client"), null)).containsExactly("user:sub");
        assertThat(Owners.of(caller("mobile", "alice", "bank_client"), "shop")).containsExactly("user:sub");
        assertThat(Owners.of(caller("gateway", "partner_user", "partner"), "shop"))
                .containsExactly("user:sub", "partner:shop");
        assertThat(Owners.of(caller("gateway", "partner_user", "partner"), null))
                .containsExactly("user:sub");
        assertThat(Owners.of(caller("shop", "service-account-shop", "partner"), null))
                .containsExactly("client:shop", "partner:shop");
    }

    private static Caller caller(String client, String username, String role) {
        return new Caller("sub", client, username, null, null, Set.of(role), Instant.EPOCH);
    }

    private Flux<ServerSentEvent<String>> stream(List<String> owners, @Nullable String id) {
        return events.begin(owners, id == null ? null : Position.parse(id))
                .flatMapMany(start -> events.from(owners, start));
    }

    /** Streams in memory. */
    private static final class Streams implements EventStreams {

        private final Map<String, List<String>> ids = new HashMap<>();
        private final Sinks.Many<String> pokes = Sinks.many().multicast().directBestEffort();
        private boolean away;
        private int reads;
        private int listeners;

        void put(String owner, String id) {
            ids.computeIfAbsent(owner, _ -> new ArrayList<>()).add(id);
            poke(owner);
        }

        void poke(String owner) {
            pokes.tryEmitNext(owner);
        }

        @Override
        public Mono<Outcome> append(SuiteEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Page> after(String owner, String id) {
            return Mono.defer(() -> {
                reads++;
                if (away) {
                    return Mono.error(new IllegalStateException("away"));
                }
                List<String> all = ids.getOrDefault(owner, List.of());
                int at = all.indexOf(id);
                boolean lost = at < 0 && !id.equals(Position.START);
                List<StoredEvent> page = all.stream()
                        .skip(at + 1)
                        .limit(5)
                        .map(found -> new StoredEvent(found, "type", "{\"id\":\"" + found + "\"}"))
                        .toList();
                return Mono.just(new Page(page, lost));
            });
        }

        @Override
        public Mono<String> last(String owner) {
            return Mono.defer(() -> away
                    ? Mono.error(new IllegalStateException("away"))
                    : Mono.just(ids.containsKey(owner) ? ids.get(owner).getLast() : Position.START));
        }

        @Override
        public Flux<String> pokes() {
            return pokes.asFlux().doOnSubscribe(_ -> listeners++).doFinally(_ -> listeners--);
        }
    }
}
