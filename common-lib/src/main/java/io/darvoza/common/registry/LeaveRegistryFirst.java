package io.darvoza.common.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.SmartLifecycle;

/**
 * The first to stop: takes the service out of the registry and waits until the gateway has noticed. Spring's own order
 * is the other way round (the web server refuses requests while the registry still names it).
 */
final class LeaveRegistryFirst implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LeaveRegistryFirst.class);

    private final Runnable leave;
    private final Duration drain;
    private volatile boolean running;

    static <R extends Registration> LeaveRegistryFirst of(
            ServiceRegistry<R> registry, R registration, RegistryProperties properties) {
        return new LeaveRegistryFirst(() -> registry.deregister(registration), properties.drain());
    }

    LeaveRegistryFirst(Runnable leave, Duration drain) {
        this.leave = leave;
        this.drain = drain;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        try {
            leave.run();
            log.info("Left the registry, requests are served for another {} ms", drain.toMillis());
        } catch (RuntimeException unreachable) {
            log.warn("The registry could not be told that this service goes: {}", unreachable.toString());
        }
        CompletableFuture.delayedExecutor(drain.toMillis(), TimeUnit.MILLISECONDS)
                .execute(stopped);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
