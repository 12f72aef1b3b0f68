package io.darvoza.common.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;

/**
 * Connections for what must go on without Redis. They are made when first asked for and then kept by Lettuce, which connects
 * again by itself; meanwhile every command fails at once. Spring Data's connections, which sessions use, let commands wait,
 * and their first caller blocks.
 */
public final class RedisConnections implements DisposableBean {

    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final RedisClient client;
    private final RedisURI uri;

    RedisConnections(RedisProperties redis, ClientResources resources) {
        this.client = RedisClient.create(
                resources.mutate().reconnectDelay(Delay.constant(RECONNECT)).build());
        this.client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build());
        this.uri = uri(redis);
    }

    /** A connection for commands, the same on every call of what is returned; a failed try is repeated by the next call. */
    public <V> Supplier<CompletableFuture<StatefulRedisConnection<String, V>>> commands(RedisCodec<String, V> codec) {
        return new Kept<>(() -> client.connectAsync(codec, uri).toCompletableFuture());
    }

    /** The same for messages. Subscriptions outlive a lost connection. */
    public Supplier<CompletableFuture<StatefulRedisPubSubConnection<String, String>>> messages() {
        return new Kept<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri).toCompletableFuture());
    }

    private static RedisURI uri(RedisProperties redis) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(redis.host())
                .withPort(redis.port())
                .withDatabase(redis.database())
                .withSsl(redis.ssl().enabled());
        String password = redis.password();
        if (password != null && !password.isEmpty()) {
            String username = redis.username();
            return username == null
                    ? uri.withPassword(password.toCharArray()).build()
                    : uri.withAuthentication(username, password.toCharArray()).build();
        }
        return uri.build();
    }

    @Override
    public void destroy() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
