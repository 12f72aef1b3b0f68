package io.darvoza.gateway.routing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpMethod;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The routing table: one block of the same shape per service.
 *
 * @param services blocks by the name under which breaker, log and metrics know the service
 * @param breaker how the breaker of each service decides
 * @param silence longest pause of a service within an answer, from its head to its end; then the connection is closed. It holds for
 *     streams of events too, and so must be longer than their heartbeat ({@code darvoza.live.heartbeat}, at most 25 s)
 * @param keepInstances how long the instances of a service are believed in after the registry knows of none
 * @param retry how a {@code GET} or {@code HEAD} that did not get through is repeated; nothing else ever is
 */
@Validated
@ConfigurationProperties("darvoza.gateway.routing")
public record RoutingProperties(
        @NotEmpty Map<String, @Valid Service> services,
        @DefaultValue @Valid Breaker breaker,

        @DefaultValue("60s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration silence,

        @DefaultValue("60s") @DurationMin(seconds = 0) @DurationMax(minutes = 10)
        Duration keepInstances,

        @DefaultValue @Valid Retry retry) {

    /**
     * How requests reach one service.
     *
     * @param uri {@code lb://} and the name in the registry, or a plain address
     * @param paths patterns of the paths that it answers
     * @param open those of them that callers without a token may ask for; the service decides the rest
     * @param streams those that answer with an endless stream of events: no response time-out
     * @param rewrites paths of the seeds: a prefix, and what stands in its place at the service
     * @param uploads those that take large or slow bodies
     * @param connectTimeout longest wait for a connection to an instance
     * @param responseTimeout longest wait for the head of the answer, counted from the head of the request
     * @param maxBody largest body of a request
     * @param foreignCookies whether cookies other than the suite's own reach the service (Keycloak has its own)
     */
    public record Service(
            URI uri,
            @NotEmpty List<String> paths,
            @DefaultValue List<String> open,
            @DefaultValue List<String> streams,
            @DefaultValue Map<String, String> rewrites,
            @DefaultValue List<@Valid Upload> uploads,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 10)
            Duration connectTimeout,

            @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration responseTimeout,

            @DefaultValue("1MB") DataSize maxBody,
            @DefaultValue("false") boolean foreignCookies) {}

    /**
     * An operation that takes a large or slow body.
     *
     * @param responseTimeout as of the service, but counted from the start of the upload
     */
    public record Upload(
            @DefaultValue("POST") HttpMethod method,
            @NotEmpty List<String> paths,

            @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(minutes = 30)
            Duration responseTimeout,

            @DefaultValue("25MB") DataSize maxBody) {}

    /**
     * When a service counts as gone. Only what keeps an answer from coming counts as a failure: an error status is an
     * answer, and one operation's trouble must not shut the others.
     *
     * @param window how many last calls are looked at
     * @param leastCalls how many there must be
     * @param failurePercent the share of failures that opens the breaker
     * @param openFor how long it then refuses at once
     * @param trials how many calls decide afterwards whether it closes
     */
    public record Breaker(
            @DefaultValue("20") @Min(1) @Max(1000) int window,
            @DefaultValue("10") @Min(1) @Max(1000) int leastCalls,
            @DefaultValue("50") @Min(1) @Max(100) int failurePercent,

            @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
            Duration openFor,

            @DefaultValue("3") @Min(1) @Max(100) int trials) {}

    /**
     * @param times how often at most, beside the first try
     * @param pause before the first repetition; doubled before each further one
     */
    public record Retry(
            @DefaultValue("2") @Min(0) @Max(5) int times,

            @DefaultValue("50ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
            Duration pause) {}
}
