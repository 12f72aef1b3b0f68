package io.darvoza.egov.opendata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.egov.provider.Purpose;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;

/** The count of requests by itself, on a time that the test tells. */
class RateSlotsIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String KEY = "key";

    private static FreshDatabase database;
    private static RateSlots slots;

    @BeforeAll
    static void migrate() throws IOException {
        database = Infrastructure.current().postgres().freshDatabase("slots");
        sql(new ClassPathResource("db/migration/V1__verifications.sql").getContentAsString(StandardCharsets.UTF_8));
        sql("create table test_time (now timestamptz not null)");
        sql(
                "create or replace function egov_clock() returns timestamptz language sql volatile as 'select now from test_time'");
        slots = new RateSlots(
                DatabaseClient.create(new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                        .host(database.server().host())
                        .port(database.server().port())
                        .database(database.name())
                        .username(database.name())
                        .password(database.name())
                        .build())));
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void standStill() {
        sql("delete from test_time");
        sql("insert into test_time values ('2026-11-21 00:00:00Z')");
        sql("delete from upstream_slot");
        sql("delete from upstream_key");
    }

    @Test
    void aSlotCountsForSixtyTwoSeconds() {
        for (int i = 0; i < 60; i++) {
            assertThat(take(Purpose.SINGLE)).isInstanceOf(Slot.Granted.class);
        }
        assertThat(take(Purpose.SINGLE)).isEqualTo(new Slot.Spent(Duration.ofSeconds(62)));

        pass("61 seconds");
        assertThat(take(Purpose.SINGLE)).isEqualTo(new Slot.Spent(Duration.ofSeconds(1)));
        pass("1 second");
        assertThat(take(Purpose.SINGLE)).isInstanceOf(Slot.Granted.class);
    }

    @Test
    void bulkLeavesTwentyOfSixtyToThoseWhoWait() {
        for (int i = 0; i < 40; i++) {
            assertThat(take(Purpose.BULK)).isInstanceOf(Slot.Granted.class);
        }
        assertThat(take(Purpose.BULK)).isInstanceOf(Slot.Spent.class);
        for (int i = 0; i < 20; i++) {
            assertThat(take(Purpose.SINGLE)).isInstanceOf(Slot.Granted.class);
        }
        assertThat(take(Purpose.SINGLE)).isInstanceOf(Slot.Spent.class);
    }

    @Test
    void theWaitIsUntilEnoughSlotsHaveGrownOld() {
        take(Purpose.SINGLE);
        pass("10 seconds");
        for (int i = 0; i < 59; i++) {
            take(Purpose.SINGLE);
        }
        assertThat(take(Purpose.SINGLE)).isEqualTo(new Slot.Spent(Duration.ofSeconds(52)));
    }

    @Test
    void aTimeThatStepsBackFreesNothing() {
        for (int i = 0; i < 60; i++) {
            take(Purpose.SINGLE);
        }
        pass("-1 hour");

        assertThat(take(Purpose.SINGLE)).isInstanceOf(Slot.Spent.class);
    }

    @Test
    void keysAreCountedByThemselvesAndRestByThemselves() {
        for (int i = 0; i < 60; i++) {
            take(Purpose.SINGLE);
        }
        assertThat(slots.take("other", Purpose.SINGLE, 60).block(BOUND)).isInstanceOf(Slot.Granted.class);

        slots.pause("other", Duration.ofSeconds(5)).block(BOUND);
        assertThat(slots.take("other", Purpose.SINGLE, 60).block(BOUND))
                .isEqualTo(new Slot.Paused(Duration.ofSeconds(5)));
        slots.refuse("other", Duration.ofSeconds(9)).block(BOUND);
        assertThat(slots.take("other", Purpose.SINGLE, 60).block(BOUND))
                .isEqualTo(new Slot.Refused(Duration.ofSeconds(9)));
        pass("9 seconds");
        assertThat(slots.take("other", Purpose.SINGLE, 60).block(BOUND)).isInstanceOf(Slot.Granted.class);
    }

    @Test
    void aSlotIsForOneRequestWithinASecond() {
        var slot = new Slot.Granted(0);

        assertThat(slot.use(Duration.ofSeconds(1).toNanos())).isFalse();
        assertThat(slot.use(Duration.ofMillis(999).toNanos())).isTrue();
        assertThat(slot.use(Duration.ofMillis(999).toNanos())).isFalse();
    }

    @Test
    void withoutTheDatabaseThereIsNoSlot() {
        sql("alter table upstream_slot rename to away");
        try {
            assertThatThrownBy(() -> take(Purpose.SINGLE)).isInstanceOf(RuntimeException.class);
        } finally {
            sql("alter table away rename to upstream_slot");
        }
    }

    private Slot take(Purpose purpose) {
        return slots.take(KEY, purpose, 60).block(BOUND);
    }

    private static void pass(String interval) {
        sql("update test_time set now = now + interval '" + interval + "'");
    }

    private static void sql(String text) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
