package io.darvoza.common.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class BrokerHealthIndicatorTests {

    @Test
    void isDownWithinItsTimeWhenNobodyListens() {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        try (var broker = new BrokerHealthIndicator(settings, Duration.ofMillis(300))) {
            assertThat(broker.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }
}
