package io.darvoza.gateway.events;

import static io.darvoza.gateway.events.EventFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.redis.TestRedis;
import io.darvoza.common.test.infrastructure.Infrastructure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedisEventStreamsIT {

    private static final TestRedis REDIS =
            new TestRedis(Infrastructure.current().redis());

    @AfterAll
    static void disconnect() {
        REDIS.close();
    }

    private final EventOwner alice = EventOwner.user("alice-" + UUID.randomUUID());
    private final EventOwner bob = EventOwner.user("bob-" + UUID.randomUUID());
    private final RedisEventStreams streams = streams(Clock.systemUTC());

    @Test
    void keepsEventsOfEachOwnerInOrder() {
        append(event(alice, "1", 1), event(bob, "2", 1), event(alice, "3", 1));

        assertThat(documents(alice)).containsExactly("1", "3");
        assertThat(documents(bob)).containsExactly("2");
    }

    @Test
    void writesAnEventAsOneLineOfCloudEventsJson() {
        SuiteEvent event = event(alice, "1", 7);
        append(event);

        StoredEvent stored = after(alice, Position.START).events().getFirst();
        assertThat(stored.type()).isEqualTo("banking-docs.document.status-changed.v1");
        assertThat(stored.json())
                .isEqualTo(("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/banking-docs-service\","
                                + "\"type\":\"banking-docs.document.status-changed.v1\",\"subject\":\"1\","
                                + "\"time\":\"2026-11-20T10:00:00Z\",\"datacontenttype\":\"application/json\","
                                + "\"aggregateversion\":7,\"data\":{\"document_id\":\"1\",\"status\":\"approved\"}}")
                        .formatted(event.id()));
    }

    @Test
    void storesADuplicateOnce() {
        SuiteEvent event = event(alice, "1", 1);

        assertThat(append(event, event, event))
                .containsExactly(
                        EventStreams.Outcome.STORED, EventStreams.Outcome.DUPLICATE, EventStreams.Outcome.DUPLICATE);
        assertThat(documents(alice)).containsExactly("1");
    }

    @Test
    void ignoresAnOlderVersionOfTheSameAggregateOnly() {
        assertThat(append(event(alice, "1", 3), event(alice, "1", 2), event(alice, "2", 1), event(alice, "1", 4)))
                .containsExactly(
                        EventStreams.Outcome.STORED,
                        EventStreams.Outcome.OLD,
                        EventStreams.Outcome.STORED,
                        EventStreams.Outcome.STORED);
        assertThat(documents(alice)).containsExactly("1", "2", "1");
    }

    @Test
    void keepsSeveralEventsOfOneVersion() {
        SuiteEvent first = event(alice, "1", 3);
        SuiteEvent second = event(alice, "1", 3);

        assertThat(append(first, second, first, second))
                .containsExactly(
                        EventStreams.Outcome.STORED,
                        EventStreams.Outcome.STORED,
                        EventStreams.Outcome.DUPLICATE,
                        EventStreams.Outcome.DUPLICATE);
    }

    @Test
    void readsOnFromAnId() {
        append(event(alice, "1", 1), event(alice, "2", 1), event(alice, "3", 1));
        String first = after(alice, Position.START).events().getFirst().id();

        EventStreams.Page page = after(alice, first);

        assertThat(page.lost()).isFalse();
        assertThat(page.events()).extracting(StoredEvent::json).hasSize(2);
    }

    @Test
    void saysThatAPositionIsLostWhenItsEventWasTrimmed() {
        append(event(alice, "0", 1));
        String first = after(alice, Position.START).events().getFirst().id();
        for (int i = 1; i <= 10; i++) {
            append(event(alice, Integer.toString(i), 1));
        }

        assertThat(after(alice, first).lost()).isTrue();
        assertThat(size(alice)).isEqualTo(10);
    }

    @Test
    void saysThatAPositionIsLostThatNeverWasThere() {
        append(event(alice, "1", 1));

        assertThat(after(alice, "1-1").lost()).isTrue();
        assertThat(after(alice, "9999999999999-0").lost()).isTrue();
        assertThat(after(bob, "1-1").lost()).isTrue();
        assertThat(after(bob, Position.START).lost()).isFalse();
    }

    @Test
    void forgetsEventsAfterADay() {
        append(event(alice, "1", 1));
        RedisEventStreams tomorrow = streams(Clock.fixed(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC));
        // The server's clock gives ids, so what is stored now is too old for tomorrow's gateway, too.
        assertThat(tomorrow.append(event(alice, "2", 1)).block()).isEqualTo(EventStreams.Outcome.STORED);

        assertThat(size(alice)).isZero();
    }

    @Test
    void letsAnIdleStreamExpire() {
        append(event(alice, "1", 1));

        List<String> keys = REDIS.commands().keys("events:{" + Owners.nameOf(alice) + "}*");
        assertThat(keys)
                .hasSize(2)
                .allSatisfy(key -> assertThat(REDIS.commands().ttl(key))
                        .isBetween(
                                Duration.ofHours(23).toSeconds(),
                                Duration.ofHours(24).toSeconds()));
    }

    @Test
    void pokesWithTheOwnersName() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        var listening = streams.pokes().doOnNext(heard::add).subscribe();
        try {
            for (int i = 0; i < 100 && heard.isEmpty(); i++) {
                append(event(alice, Integer.toString(i), 1));
                Thread.sleep(20);
            }
            assertThat(heard).contains(Owners.nameOf(alice));
        } finally {
            listening.dispose();
        }
    }

    private RedisEventStreams streams(Clock clock) {
        return new RedisEventStreams(REDIS.connections(), EventFixtures.properties(10, 5), clock);
    }

    private List<EventStreams.Outcome> append(SuiteEvent... events) {
        return Objects.requireNonNull(
                Flux.fromArray(events).concatMap(streams::append).collectList().block());
    }

    private EventStreams.Page after(EventOwner owner, String id) {
        return Objects.requireNonNull(streams.after(Owners.nameOf(owner), id).block());
    }

    private long size(EventOwner owner) {
        return REDIS.commands().xlen("events:{" + Owners.nameOf(owner) + "}");
    }

    private List<String> documents(EventOwner owner) {
        List<String> documents = new ArrayList<>();
        Mono<EventStreams.Page> page = streams.after(Owners.nameOf(owner), Position.START);
        Objects.requireNonNull(page.block())
                .events()
                .forEach(event -> documents.add(event.json().replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1")));
        return documents;
    }
}
