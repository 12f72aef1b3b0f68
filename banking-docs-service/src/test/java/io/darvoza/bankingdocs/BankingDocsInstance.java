package io.darvoza.bankingdocs;

import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.S3Access;
import io.darvoza.common.test.service.StartedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An instance of the service with a spool of its own. */
public final class BankingDocsInstance extends StartedService {

    private final S3Access.Bucket bucket;
    private final Path spool;

    /** An instance with data of its own. */
    public BankingDocsInstance() {
        super(BankingDocsApplication.class, Infrastructure.current().postgres());
        bucket = Infrastructure.current().s3().freshBucket();
        spool = newSpool();
    }

    /** Another instance on the same data, which must end first. */
    public BankingDocsInstance(BankingDocsInstance other) {
        super(other);
        bucket = other.bucket;
        spool = newSpool();
    }

    private static Path newSpool() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "instance-spool-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(TestKeys.PROPERTIES);
        properties.putAll(bucket.properties());
        properties.putAll(Infrastructure.current().redis().properties());
        properties.put("darvoza.cache.namespace", database().name());
        properties.put("spring.profiles.active", "local");
        properties.put("darvoza.banking-docs.upload.spool-directory", spool.toString());
        return properties;
    }

    public S3Access.Bucket bucket() {
        return bucket;
    }

    /** The files of uploads that have not ended. */
    public List<Path> spooled() {
        try (Stream<Path> files = Files.list(spool)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
