package io.darvoza.gateway.limits;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of requests.
 *
 * @param principal for each person or program that is signed in
 * @param address for each address that asks without signing in; an IPv6 address counts as its /64 network
 * @param refused for each address whose credentials are refused, so that guessing has a price
 * @param rules further limits of single operations, on top of those
 * @param exempt paths that are not counted
 * @param maxKeys most buckets in the memory of one gateway
 * @param keepKeys how long an unused bucket stays in memory
 * @param redisTimeout longest time that a request waits for Redis
 * @param redisPause after Redis failed: how long nobody asks it again
 */
@Validated
@ConfigurationProperties("darvoza.gateway.limits")
record LimitProperties(
        @Valid Quota principal,
        @Valid Quota address,
        @Valid Quota refused,
        @DefaultValue List<@Valid Rule> rules,
        @DefaultValue List<String> exempt,
        @DefaultValue("100000") @Min(100) @Max(5_000_000) int maxKeys,

        @DefaultValue("60s") @DurationMin(seconds = 10) @DurationMax(hours = 1)
        Duration keepKeys,

        @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(millis = 500)
        Duration redisTimeout,

        @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration redisPause) {

    /**
     * How much.
     *
     * @param rate requests in a second, in the long run
     * @param burst requests at once after a rest
     */
    record Quota(
            @Min(1) @Max(1_000_000_000) long rate,
            @Min(1) @Max(1_000_000_000) long burst) {}

    /**
     * A limit of single operations.
     *
     * @param name appears in headers and metrics
     * @param paths path patterns; a variable {@code {key}} in one is what is counted by
     * @param query the query parameter that is counted by, where a pattern has no {@code {key}}
     * @param tokenClient count by the OAuth2 client that the request names and the address it comes from: by the client
     *     alone, a stranger could lock it out
     * @param rate requests in a second, in the long run
     * @param burst requests at once after a rest
     */
    record Rule(
            @Pattern(regexp = "[a-z][a-z0-9-]*") String name,
            @NotEmpty List<@Pattern(regexp = "/[a-z].*") String> paths,
            @Nullable String query,
            boolean tokenClient,
            @Min(1) @Max(1_000_000_000) long rate,
            @Min(1) @Max(1_000_000_000) long burst) {

        Limit limit() {
            return new Limit(name, rate, burst);
        }
    }
}
