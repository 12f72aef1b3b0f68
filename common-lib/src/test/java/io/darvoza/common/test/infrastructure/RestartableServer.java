package io.darvoza.common.test.infrastructure;

import io.darvoza.local.process.FreePorts;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server of one test's own that goes away and comes back at the same address with its data. Always a local process, because a
 * container gets another port.
 *
 * @param <A> how to reach it
 */
public final class RestartableServer<A> implements AutoCloseable {

    private final A access;
    private final Supplier<? extends AutoCloseable> start;
    private @Nullable AutoCloseable running;

    private <S extends AutoCloseable> RestartableServer(Supplier<S> start, Function<S, A> access) {
        S server = start.get();
        this.start = start;
        this.running = server;
        this.access = access.apply(server);
    }

    public static RestartableServer<KafkaAccess> kafka() {
        String name = "kafka-" + UUID.randomUUID();
        int port = FreePorts.next();
        int controllerPort = FreePorts.next();
        return new RestartableServer<>(
                () -> LocalInfrastructure.startKafka(name, port, controllerPort), LocalInfrastructure::access);
    }

    public static RestartableServer<PostgresAccess> postgres() {
        String name = "postgres-" + UUID.randomUUID();
        int port = FreePorts.next();
        return new RestartableServer<>(
                () -> LocalInfrastructure.startPostgres(name, port), LocalInfrastructure::access);
    }

    public static RestartableServer<RedisAccess> redis() {
        String name = "redis-" + UUID.randomUUID();
        int port = FreePorts.next();
        return new RestartableServer<>(() -> LocalInfrastructure.startRedis(name, port), LocalInfrastructure::access);
    }

    public A access() {
        return access;
    }

    /** Stops it in an orderly way. Returns when it is gone. */
    public void stop() {
        AutoCloseable server = running;
        running = null;
        if (server != null) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("the server does not stop", e);
            }
        }
    }

    /** Starts it again. Returns when it answers. */
    public void start() {
        if (running == null) {
            running = start.get();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
