package io.darvoza.payments.webhook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTests {

    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofHours(2)),
            0.2,
            Duration.ofMinutes(30),
            Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({
        "1, 500, 0.5,  5",
        "2, 500, 0.5,  60",
        "3, 500, 0.5,  7200",
        "1, 500, 0.0,  4",
        "1, 500, 1.0,  6",
        "1, 0,   0.5,  5",
        "1, 408, 0.5,  5",
        "1, 429, 0.5,  5",
        "1, 404, 0.5,  1800",
        "1, 302, 0.5,  1800",
        "3, 404, 0.5,  7200",
        "1, 404, 0.0,  1440"
    })
    void pausesGrowAreSpreadAndAreLongWherePeopleMustMend(int tries, int status, double chance, long seconds) {
        assertThat(SCHEDULE.pauseAfter(tries, failed(status, null), chance)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void afterTheLastPauseNothingFollows() {
        assertThat(SCHEDULE.pauseAfter(4, failed(500, null), 0.5)).isEmpty();
    }

    @Test
    void theReceiverMayAskForALongerPauseButNotForEver() {
        assertThat(SCHEDULE.pauseAfter(1, failed(429, Duration.ofMinutes(7)), 0.5))
                .contains(Duration.ofMinutes(7));
        assertThat(SCHEDULE.pauseAfter(1, failed(503, Duration.ofDays(30)), 0.5))
                .contains(Duration.ofHours(24));
        assertThat(SCHEDULE.pauseAfter(1, failed(503, Duration.ofMillis(1)), 0.5))
                .contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "200, TAKEN", "204, TAKEN", "299, TAKEN", "301, WRONG", "302, WRONG", "308, WRONG", "400, WRONG", "401, WRONG",
        "404, WRONG", "408, PASSING", "410, GONE", "429, PASSING", "500, PASSING", "503, PASSING", "0, PASSING",
                "100, WRONG"
    })
    void onlyA2xxIsTaken(int status, Attempt.Meaning meaning) {
        assertThat(failed(status, null).meaning()).isEqualTo(meaning);
    }

    private static Attempt failed(int status, @Nullable Duration retryAfter) {
        return new Attempt(status, retryAfter, null, null, 1);
    }
}
