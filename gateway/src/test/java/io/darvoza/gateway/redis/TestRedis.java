package io.darvoza.gateway.redis;

import io.darvoza.common.test.infrastructure.RedisAccess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;

/** A Redis for tests without a context: the gateway's connections to it, and the test's own. */
public final class TestRedis implements AutoCloseable {

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .build();
    private final RedisClient client;
    private final RedisConnections connections;

    public TestRedis(RedisAccess access) {
        this.connections = new RedisConnections(details(access), new DataRedisProperties(), resources);
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

    private static DataRedisConnectionDetails details(RedisAccess access) {
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of(access.host(), access.port());
            }

            @Override
            public String getPassword() {
                return access.password();
            }
        };
    }

    @Override
    public void close() {
        connections.destroy();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
