package io.darvoza.common.test.infrastructure;

import java.util.Map;

/** How to reach a Redis. */
public record RedisAccess(String host, int port, String password) {

    public Map<String, String> properties() {
        return Map.of(
                "spring.data.redis.host", host,
                "spring.data.redis.port", Integer.toString(port),
                "spring.data.redis.password", password);
    }
}
