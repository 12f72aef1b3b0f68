package io.darvoza.common.test.infrastructure;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** How to reach an S3 store. */
public record S3Access(URI endpoint, String region, String accessKey, String secretKey) {

    /** A bucket of the store. */
    public record Bucket(S3Access store, String name) {

        public Map<String, String> properties() {
            return Map.of(
                    "darvoza.objectstore.endpoint", store.endpoint.toString(),
                    "darvoza.objectstore.region", store.region,
                    "darvoza.objectstore.access-key", store.accessKey,
                    "darvoza.objectstore.secret-key", store.secretKey,
                    "darvoza.objectstore.bucket", name);
        }
    }

    /** A new, empty bucket. */
    public Bucket freshBucket() {
        String name = "test-" + UUID.randomUUID();
        try (S3AsyncClient client = S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build()) {
            client.createBucket(bucket -> bucket.bucket(name)).join();
        }
        return new Bucket(this, name);
    }
}
