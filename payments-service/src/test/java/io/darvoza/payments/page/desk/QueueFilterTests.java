package io.darvoza.payments.page.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.security.Caller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

class QueueFilterTests {

    private static final Instant NOW = Instant.parse("2026-11-21T06:30:45Z");
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final Caller ME = new Caller("subject-1", "gateway", "me", null, null, Set.of(), NOW);

    @Test
    void withoutAStatusItIsWhatWaitsOldestFirst() {
        assertThat(query(Map.of())).isEqualTo(Map.of("status", "processing", "order", "oldest"));
        assertThat(query(Map.of("status", "all"))).isEqualTo(Map.of("order", "newest"));
        assertThat(query(Map.of("status", "failed", "order", "oldest")))
                .isEqualTo(Map.of("status", "failed", "order", "oldest"));
    }

    @Test
    void timesAreTheTenantsToTheMinute() {
        assertThat(query(Map.of("from", "2026-11-21T09:00", "to", "2026-11-21T09:30")))
                .containsEntry("from", "2026-11-21T06:00:00Z")
                .containsEntry("to", "2026-11-21T06:30:00Z");
        assertThat(query(Map.of("from", "2026-11-21T09:00:00Z"))).containsEntry("from", "2026-11-21T09:00:00Z");
        assertThat(query(Map.of("from", "yesterday"))).containsEntry("from", "yesterday");
    }

    @Test
    void thelastHourBeginsAtAWholeMinuteAndStaysWhenPagesTurn() {
        var filter = filter(Map.of("last", "1h", "status", "all"));
        var query = filter.query(ME, MOSCOW, NOW);

        assertThat(query).containsEntry("from", "2026-11-21T05:30:00Z").doesNotContainKey("last");
        assertThat(filter.fixed(query)).isEqualTo(Map.of("status", "all", "from", "2026-11-21T05:30:00Z"));
    }

    @Test
    void readsPeoplesAmountsAndMine() {
        assertThat(query(Map.of("amount_from", "1 000,50", "assignee", "me")))
                .containsEntry("amount_from", "1000.50")
                .containsEntry("assignee", "subject-1");
    }

    @Test
    void leavesOutWhatIsBlankAndRefusesWhatIsMisspelt() {
        assertThat(filter(Map.of("q", " ", "type", "")).isPlainQueue()).isTrue();
        assertThatThrownBy(() -> filter(Map.of("statsu", "new"))).hasMessage("unknown_parameter");
    }

    private static Map<String, String> query(Map<String, String> address) {
        return filter(address).query(ME, MOSCOW, NOW);
    }

    private static QueueFilter filter(Map<String, String> address) {
        var parameters = new LinkedMultiValueMap<String, String>();
        address.forEach(parameters::add);
        return QueueFilter.of(parameters);
    }
}
