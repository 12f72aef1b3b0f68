package io.darvoza.common.objectstore;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The S3 store of a service.
 *
 * @param endpoint its address; keys and buckets travel in the path
 * @param region the region that requests are signed for
 * @param bucket the service's own bucket
 * @param createBucket whether to create the bucket at start when it is absent; for local runs
 * @param accessKey who signs
 * @param secretKey what signs
 * @param connectTimeout bound on opening a connection
 * @param idleTimeout bound on silence of the store while it is to send or to take bytes
 * @param attemptTimeout bound on one attempt, transfer of the content included
 * @param callTimeout bound on all attempts of a call together
 * @param maxAttempts how often a call is tried in all
 * @param maxConnections how many connections are open at once
 * @param maxWaiting how many calls may wait for a connection
 * @param waitTimeout how long they wait
 */
@Validated
@ConfigurationProperties("darvoza.objectstore")
public record ObjectStoreProperties(
        @NotNull @DefaultValue("http://127.0.0.1:19000") URI endpoint,
        @NotBlank @DefaultValue("us-east-1") String region,
        @NotBlank String bucket,
        @DefaultValue("false") boolean createBucket,
        @NotBlank String accessKey,
        @NotBlank String secretKey,
        @NotNull @DefaultValue("2s") Duration connectTimeout,
        @NotNull @DefaultValue("20s") Duration idleTimeout,
        @NotNull @DefaultValue("60s") Duration attemptTimeout,
        @NotNull @DefaultValue("90s") Duration callTimeout,
        @Min(1) @Max(10) @DefaultValue("3") int maxAttempts,
        @Min(1) @Max(1000) @DefaultValue("16") int maxConnections,
        @Min(0) @Max(10000) @DefaultValue("200") int maxWaiting,
        @NotNull @DefaultValue("10s") Duration waitTimeout) {

    @Override
    public String toString() {
        return "ObjectStoreProperties[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
