package io.darvoza.egov;

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

/** The service in a JVM of its own, to be killed and started again over the same data. */
public final class EgovChild implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final FreshDatabase database;
    private final boolean ownsDatabase;
    private final Portal portal;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private @Nullable KilledProcess process;

    /** An instance with a database of its own. */
    public EgovChild(Portal portal) {
        this(portal, Infrastructure.current().postgres());
    }

    /** The same on a server of the test's own. */
    public EgovChild(Portal portal, PostgresAccess server) {
        this.portal = portal;
        database = server.freshDatabase("child");
        ownsDatabase = true;
    }

    /** Another instance on the same data, which must end first. */
    public EgovChild(EgovChild other) {
        portal = other.portal;
        database = other.database;
        ownsDatabase = false;
    }

    public void start(@Nullable String failpoint) {
        start(failpoint, Map.of());
    }

    /** Starts it and does not wait; armed with failpoints if there are any. */
    public void start(@Nullable String failpoint, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(TestPortal.properties(portal));
        properties.putAll(database.properties());
        properties.putAll(Infrastructure.current().kafka().properties());
        properties.putAll(Map.of(
                "eureka.client.enabled",
                "false",
                "server.port",
                Integer.toString(port),
                "management.server.port",
                Integer.toString(managementPort),
                "darvoza.identity.issuer",
                TestTokens.ISSUER,
                "darvoza.identity.jwks-uri",
                TestTokens.shared().jwks().uri().toString()));
        properties.putAll(more);
        process = KilledProcess.start(EgovApplication.class, failpoint, properties);
    }

    public void awaitStart() {
        process().awaitOutput(START_LIMIT, "Started EgovApplication");
    }

    public KilledProcess process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    public int port() {
        return port;
    }

    public FreshDatabase database() {
        return database;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        if (ownsDatabase) {
            database.close();
        }
    }
}
