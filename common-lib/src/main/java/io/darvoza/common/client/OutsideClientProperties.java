package io.darvoza.common.client;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The clients of {@link OutsideClients}, by name; a client that is not listed has the defaults.
 *
 * @param clients settings by the client's name, under {@code darvoza.clients}
 */
@Validated
@ConfigurationProperties("darvoza")
public record OutsideClientProperties(@DefaultValue Map<String, @Valid Settings> clients) {

    private static final Settings DEFAULTS =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("defaults", Settings.class);

    /** The settings of a client; the defaults when it has none. */
    Settings of(String name) {
        return clients.getOrDefault(name, DEFAULTS);
    }

    /**
     * How one client behaves.
     *
     * @param baseUrl what relative addresses of its calls start with
     * @param connectTimeout longest wait for a connection to open
     * @param responseTimeout longest silence of the other side
     * @param callTimeout longest time of one try, its body included
     * @param maxResponseSize largest body that is gathered in memory
     * @param connections most connections at once; as many calls again may wait for one
     * @param acquireTimeout longest wait for a free connection
     * @param maxIdleTime how long an unused connection is kept; less than the other side keeps it
     * @param retries how often a call that is harmless to repeat is repeated after a fault that may pass
     * @param retryDelay wait before the first repeat; doubles each time, half of it by chance
     * @param breaker when calls stop for a while
     */
    public record Settings(
            @Nullable URI baseUrl,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration connectTimeout,

            @DefaultValue("3s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
            Duration responseTimeout,

            @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
            Duration callTimeout,

            @DefaultValue("1MB") DataSize maxResponseSize,
            @DefaultValue("50") @Min(1) @Max(1000) int connections,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration acquireTimeout,

            @DefaultValue("20s") @DurationMin(seconds = 1) Duration maxIdleTime,
            @DefaultValue("2") @Min(0) @Max(10) int retries,

            @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(seconds = 30)
            Duration retryDelay,

            @DefaultValue @Valid Breaker breaker) {}

    /**
     * When calls to a system that is down stop for a while.
     *
     * @param enabled whether they do
     * @param window over how many last calls faults are counted
     * @param failurePercent share of faults that opens the breaker; a quarter of the window must have been seen
     * @param openFor how long all calls are refused before a few may try again
     */
    public record Breaker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20") @Min(4) @Max(10_000) int window,
            @DefaultValue("50") @Min(1) @Max(100) int failurePercent,

            @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
            Duration openFor) {}
}
