package io.darvoza.gateway.session;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * The connection to Redis for sessions. Spring Data makes the first one when it is first needed and waits for it, which would
 * be on an event loop; and for as long as Redis is away, again with every request. Here a thread of its own connects, until
 * then whoever asks is refused at once. A connection that was there once comes back by itself without anybody waiting.
 */
final class SessionRedis implements ReactiveRedisConnectionFactory, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SessionRedis.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReactiveRedisConnectionFactory redis;
    private volatile boolean connected;
    private volatile @Nullable ScheduledExecutorService connector;

    SessionRedis(ReactiveRedisConnectionFactory redis) {
        this.redis = redis;
    }

    @Override
    public ReactiveRedisConnection getReactiveConnection() {
        requireConnection();
        return redis.getReactiveConnection();
    }

    @Override
    public ReactiveRedisClusterConnection getReactiveClusterConnection() {
        requireConnection();
        return redis.getReactiveClusterConnection();
    }

    private void requireConnection() {
        if (!connected) {
            throw new RedisConnectionFailureException("Redis has not been reached yet");
        }
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException fault) {
        return redis.translateExceptionIfPossible(fault);
    }

    /** Waits for the first try, so that a gateway that says it is ready has its sessions if Redis is there. */
    @Override
    public void start() {
        tryToConnect();
        if (!connected) {
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("session-redis").factory());
            thread.scheduleWithFixedDelay(
                    this::tryToConnect, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            connector = thread;
        }
    }

    private void tryToConnect() {
        try {
            redis.getReactiveConnection().close();
            connected = true;
            endConnector();
        } catch (RuntimeException away) {
            log.warn("No browser sessions until Redis is reached: {}", away.toString());
        }
    }

    private void endConnector() {
        ScheduledExecutorService thread = connector;
        connector = null;
        if (thread != null) {
            thread.shutdown();
        }
    }

    @Override
    public void stop() {
        connected = false;
        endConnector();
    }

    @Override
    public boolean isRunning() {
        return connected || connector != null;
    }

    /** After the factory behind it, before the server takes requests. */
    @Override
    public int getPhase() {
        return 0;
    }
}
