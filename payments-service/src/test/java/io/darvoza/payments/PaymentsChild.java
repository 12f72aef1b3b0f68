package io.darvoza.payments;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.KilledProcess;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.local.process.FreePorts;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The service in a JVM of its own, to be killed and started again over the same data. */
public final class PaymentsChild implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final FreshDatabase database;
    private final boolean ownsDatabase;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private @Nullable KilledProcess process;

    /** An instance with a database of its own. */
    public PaymentsChild() {
        database = Infrastructure.current().postgres().freshDatabase("child");
        ownsDatabase = true;
    }

    /** Another instance on the same data, which must end first. */
    public PaymentsChild(PaymentsChild other) {
        database = other.database;
        ownsDatabase = false;
    }

    /** Starts it; armed with failpoints if there are any. */
    public void start(@Nullable String failpoint, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(TestKeys.PROPERTIES);
        properties.putAll(database.properties());
        properties.putAll(Infrastructure.current().kafka().properties());
        properties.putAll(Map.of(
                "spring.profiles.active",
                "local",
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
        process = KilledProcess.start(PaymentsApplication.class, failpoint, properties);
        process.awaitOutput(START_LIMIT, "Started PaymentsApplication");
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
