package io.darvoza.payments.page.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.desk.Facts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatienceTests {

    private static final String CAME = "2026-11-21T06:00:00Z";
    private static final String DUE = "2026-11-21T06:20:00Z";

    @Test
    void halfOfTheTimeIsInTimeThenItIsDueSoonThenOverdue() {
        assertThat(at("2026-11-21T06:09:59Z", Map.of("escalate_at", DUE))).isEqualTo(Patience.State.FRESH);
        assertThat(at("2026-11-21T06:10:00Z", Map.of("escalate_at", DUE))).isEqualTo(Patience.State.SOON);
        assertThat(at("2026-11-21T06:19:59Z", Map.of("escalate_at", DUE))).isEqualTo(Patience.State.SOON);
        assertThat(at(DUE, Map.of("escalate_at", DUE))).isEqualTo(Patience.State.LATE);
        assertThat(at("2026-11-21T06:01:00Z", Map.of("escalated_at", CAME))).isEqualTo(Patience.State.LATE);
    }

    @Test
    void noTimeRunsOnHoldOrWhenItIsOver() {
        assertThat(at("2026-11-21T07:00:00Z", Map.of("escalate_at", DUE, "held_at", CAME)))
                .isEqualTo(Patience.State.HELD);
        assertThat(at("2026-11-21T07:00:00Z", Map.of("status", "approved"))).isEqualTo(Patience.State.NONE);
    }

    private static Patience.State at(String now, Map<String, String> facts) {
        Map<String, String> order = new HashMap<>(Map.of("status", "processing", "processing_at", CAME));
        order.putAll(facts);
        return Patience.of(Facts.of(order), Instant.parse(now)).state();
    }
}
