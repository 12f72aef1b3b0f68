package io.darvoza.common.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.service.TinyService;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RealInfrastructure(Server.POSTGRES)
@SpringBootTest(
        classes = TinyService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {TinyService.NAME, TinyService.NO_REGISTRY, "darvoza.outbox.relay.enabled=false"})
class InboxIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Autowired
    Inbox inbox;

    @Autowired
    DatabaseClient database;

    @BeforeEach
    void table() {
        change("CREATE TABLE IF NOT EXISTS effect (subject text NOT NULL, version bigint NOT NULL)");
    }

    @Test
    void aDuplicateIsIgnoredForEachConsumerAlone() {
        SuiteEvent event = event("duplicate", 1);

        assertThat(receive("one", event)).isTrue();
        assertThat(receive("one", event)).isFalse();
        assertThat(receive("other", event)).isTrue();

        assertThat(effects("duplicate")).isEqualTo(2);
    }

    @Test
    void anOlderVersionOfAnAggregateIsIgnored() {
        assertThat(receive("one", event("versions", 2))).isTrue();
        assertThat(receive("one", event("versions", 1))).isFalse();
        assertThat(receive("one", event("versions", 3))).isTrue();

        assertThat(effects("versions")).isEqualTo(2);
    }

    @Test
    void twoEventsOfOneChangeBothCount() {
        assertThat(receive("one", event("same-version", 5))).isTrue();
        assertThat(receive("one", event("same-version", 5))).isTrue();
    }

    @Test
    void versionsOfAnotherSourceAreOtherVersions() {
        SuiteEvent foreign = new SuiteEvent(
                UUID.randomUUID(),
                "other.thing.changed.v1",
                "/other-service",
                Instant.EPOCH,
                "shared",
                1,
                EventOwner.user("u"),
                null,
                "{}");

        assertThat(receive("one", event("shared", 9))).isTrue();
        assertThat(receive("one", foreign)).isTrue();
    }

    @Test
    void aFailedEffectLeavesNothingAndMayComeAgain() {
        SuiteEvent event = event("failing", 1);
        Mono<Void> halfDone = effect(event).then(Mono.error(new IllegalStateException("no")));

        assertThatThrownBy(() -> Await.within(inbox.once("one", event, halfDone), BOUND))
                .hasMessage("no");
        assertThat(effects("failing")).isZero();

        assertThat(receive("one", event)).isTrue();
        assertThat(effects("failing")).isEqualTo(1);
    }

    @Test
    void deliveriesAtTheSameTimeHaveOneEffect() {
        SuiteEvent event = event("parallel", 1);

        Long applied = Flux.range(0, 20)
                .flatMap(_ -> inbox.once("one", event, effect(event)), 20)
                .filter(done -> done)
                .count()
                .block(BOUND);

        assertThat(applied).isEqualTo(1);
        assertThat(effects("parallel")).isEqualTo(1);
    }

    private boolean receive(String consumer, SuiteEvent event) {
        return Boolean.TRUE.equals(Await.within(inbox.once(consumer, event, effect(event)), BOUND));
    }

    private Mono<Void> effect(SuiteEvent event) {
        return database.sql("INSERT INTO effect (subject, version) VALUES (:subject, :version)")
                .bind("subject", event.subject())
                .bind("version", event.aggregateVersion())
                .then();
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

    private void change(String sql) {
        Await.within(database.sql(sql).fetch().rowsUpdated(), BOUND);
    }

    private static SuiteEvent event(String subject, long version) {
        return new SuiteEvent(
                UUID.randomUUID(),
                "tiny.thing.changed.v1",
                "/tiny-service",
                Instant.EPOCH,
                subject,
                version,
                EventOwner.user("u"),
                null,
                "{}");
    }
}
