package io.darvoza.common.test.service;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.KilledProcess;
import io.darvoza.common.test.infrastructure.PostgresAccess;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.local.process.FreePorts;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An instance of a service on real infrastructure, as the test starts it: in a JVM of its own to be killed, or in the test's, which
 * takes a fraction of the time. An instance that was killed can be started again over the same data.
 */
public abstract class StartedService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Class<?> application;
    private final FreshDatabase database;
    private final boolean ownsDatabase;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private @Nullable KilledProcess process;
    private @Nullable ConfigurableApplicationContext here;

    /** An instance with a database of its own. */
    protected StartedService(Class<?> application, PostgresAccess server) {
        this.application = application;
        database = server.freshDatabase("started");
        ownsDatabase = true;
    }

    /** Another instance on the same data, which must end first. */
    protected StartedService(StartedService other) {
        application = other.application;
        database = other.database;
        ownsDatabase = false;
    }

    /** What this service needs beside database, broker, issuer and ports. */
    protected abstract Map<String, String> properties();

    /** Starts it in a JVM of its own; armed with failpoints if there are any. */
    public final void start(@Nullable String failpoints, Map<String, String> more) {
        process = KilledProcess.start(application, failpoints, all(more));
        process.awaitOutput(START_LIMIT, "Started " + application.getSimpleName());
    }

    /** Starts it in the test's JVM, where nothing can kill it. */
    public final void startHere(Map<String, String> more) {
        here = new SpringApplicationBuilder(application)
                .run(all(more).entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    private Map<String, String> all(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(properties());
        all.putAll(database.properties());
        all.putAll(Infrastructure.current().kafka().properties());
        all.put("eureka.client.enabled", "false");
        all.put("server.port", Integer.toString(port));
        all.put("management.server.port", Integer.toString(managementPort));
        all.put("darvoza.identity.issuer", TestTokens.ISSUER);
        all.put("darvoza.identity.jwks-uri", TestTokens.shared().jwks().uri().toString());
        all.putAll(more);
        return all;
    }

    /** The JVM of its own. */
    public final KilledProcess process() {
        if (process == null) {
            throw new IllegalStateException("not started in a JVM of its own");
        }
        return process;
    }

    public final int port() {
        return port;
    }

    public final int managementPort() {
        return managementPort;
    }

    public final FreshDatabase database() {
        return database;
    }

    @Override
    public final void close() {
        if (here != null) {
            here.close();
        }
        if (process != null) {
            process.close();
        }
        if (ownsDatabase) {
            database.close();
        }
    }
}
