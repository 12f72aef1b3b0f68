package io.darvoza.common.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TimeOrderedIdsTests {

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123Z");

    @Test
    void anIdIsAUuidOfVersionSevenThatTellsItsMillisecond() {
        UUID id = new TimeOrderedIds(Clock.fixed(NOW, ZoneOffset.UTC)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void idsGrowAlsoWhenTheClockStandsOrGoesBack() {
        var clock = new Clock() {
            private Instant now = NOW;

            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        var ids = new TimeOrderedIds(clock);
        var seen = new HashSet<UUID>();
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            if (i == 5_000) {
                clock.now = NOW.minus(Duration.ofHours(1));
            }
            UUID id = ids.next();
            assertThat(id.toString()).isGreaterThan(last);
            assertThat(seen.add(id)).isTrue();
            last = id.toString();
        }
    }

    @Test
    void anEventLoopMayMakeIds() {
        var ids = new TimeOrderedIds(Clock.systemUTC());

        assertThat(Mono.fromSupplier(ids::next)
                        .subscribeOn(Schedulers.parallel())
                        .block(Duration.ofSeconds(5)))
                .isNotNull();
    }
}
