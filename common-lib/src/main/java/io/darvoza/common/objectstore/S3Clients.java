package io.darvoza.common.objectstore;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Builds the client of a store. */
final class S3Clients {

    private S3Clients() {}

    /**
     * Path style and checksums only where S3 requires them: what every S3 store understands. Chunked signing stays on;
     * without it the client gathers a whole body in memory to sign it.
     */
    static S3AsyncClient of(ObjectStoreProperties properties, StoreLoop loop) {
        return S3AsyncClient.builder()
                .endpointOverride(properties.endpoint())
                .region(Region.of(properties.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(properties.accessKey(), properties.secretKey())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.apiCallTimeout(properties.callTimeout())
                        .apiCallAttemptTimeout(properties.attemptTimeout())
                        .retryStrategy(retry -> retry.maxAttempts(properties.maxAttempts())))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(loop.group())
                        .connectionTimeout(properties.connectTimeout())
                        .readTimeout(properties.idleTimeout())
                        .writeTimeout(properties.idleTimeout())
                        .connectionMaxIdleTime(Duration.ofSeconds(20))
                        .maxConcurrency(properties.maxConnections())
                        .maxPendingConnectionAcquires(properties.maxWaiting())
                        .connectionAcquisitionTimeout(properties.waitTimeout()))
                .build();
    }
}
