package io.darvoza.common.test.infrastructure;

import java.util.Map;

/** How to reach a broker. */
public record KafkaAccess(String bootstrapServers) {

    public Map<String, String> properties() {
        return Map.of("spring.kafka.bootstrap-servers", bootstrapServers);
    }
}
