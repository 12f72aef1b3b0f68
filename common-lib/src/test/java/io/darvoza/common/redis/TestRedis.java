package io.darvoza.common.redis;

import io.darvoza.common.test.infrastructure.RedisAccess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.Map;

/** A Redis for tests without a context: the suite's connections to it, and the test's own. */
public final class TestRedis implements AutoCloseable {

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .build();
    private final RedisClient client;
    private final RedisConnections connections;

    public TestRedis(RedisAccess access) {
        this.connections = new RedisConnections(properties(access), resources);
        this.client = RedisClient.create(
                resources,
                RedisURI.builder()
                        .withHost(access.host())
                        .withPort(access.port())
                        .withPassword(access.password().toCharArray())
                        .build());
    }

    public RedisConnections connections() {
        return connections;
    }

    public RedisCommands<String, String> commands() {
        return client.connect().sync();
    }

    private static RedisProperties properties(RedisAccess access) {
        return new RedisProperties(
                access.host(),
                access.port(),
                0,
                null,
                access.password(),
                new RedisProperties.Ssl(false),
                null,
                Map.of(),
                Map.of());
    }

    @Override
    public void close() {
        connections.destroy();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
