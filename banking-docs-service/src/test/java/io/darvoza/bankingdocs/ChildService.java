package io.darvoza.bankingdocs;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.KilledProcess;
import io.darvoza.common.test.infrastructure.S3Access;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.local.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The service in a JVM of its own with 192 MB of heap, to be killed and started again over the same data. */
public final class ChildService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final FreshDatabase database;
    private final S3Access.Bucket bucket;
    private final boolean ownsDatabase;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private final Path spool;
    private KilledProcess process;

    /** An instance with data of its own. */
    public ChildService() {
        this(
                Infrastructure.current().postgres().freshDatabase("child"),
                Infrastructure.current().s3().freshBucket(),
                true);
    }

    /** Another instance on the same data, which must end first. */
    public ChildService(ChildService other) {
        this(other.database, other.bucket, false);
    }

    private ChildService(FreshDatabase database, S3Access.Bucket bucket, boolean ownsDatabase) {
        this.database = database;
        this.bucket = bucket;
        this.ownsDatabase = ownsDatabase;
        try {
            spool = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "child-spool-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; armed with a failpoint if there is one. */
    public void start(String failpoint, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(TestKeys.PROPERTIES);
        properties.putAll(database.properties());
        properties.putAll(bucket.properties());
        properties.putAll(Infrastructure.current().kafka().properties());
        properties.putAll(Infrastructure.current().redis().properties());
        properties.put("darvoza.cache.namespace", database.name());
        properties.putAll(Map.of(
                "spring.profiles.active", "local",
                "eureka.client.enabled", "false",
                "server.port", Integer.toString(port),
                "management.server.port", Integer.toString(managementPort),
                "darvoza.identity.issuer", TestTokens.ISSUER,
                "darvoza.identity.jwks-uri", TestTokens.shared().jwks().uri().toString(),
                "darvoza.banking-docs.upload.spool-directory", spool.toString()));
        properties.putAll(more);
        process = KilledProcess.start(BankingDocsApplication.class, failpoint, properties);
        process.awaitOutput(START_LIMIT, "Started BankingDocsApplication");
    }

    public KilledProcess process() {
        return process;
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public Path spool() {
        return spool;
    }

    public FreshDatabase database() {
        return database;
    }

    public S3Access.Bucket bucket() {
        return bucket;
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
