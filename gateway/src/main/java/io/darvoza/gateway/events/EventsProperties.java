package io.darvoza.gateway.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Live events.
 *
 * @param topics the topics whose events have owners
 * @param group the consumer group of all gateways together: one of them stores an event, all of them read it
 * @param maxLength most events kept for one owner
 * @param keep how long an event is kept
 * @param page events read from Redis at once
 * @param poll how often an open stream looks for events by itself; the poke of a new one mostly comes first
 * @param timeout longest time that Redis may take
 * @param retry pause between tries to store an event while Redis is away
 * @param streamsPerPrincipal most streams that one person or program may have open at one gateway
 * @param openStreams most streams that one gateway carries
 */
@Validated
@ConfigurationProperties("darvoza.gateway.events")
record EventsProperties(
        @NotEmpty List<@NotBlank String> topics,
        @DefaultValue("gateway-events") @NotBlank String group,
        @DefaultValue("1000") @Min(10) @Max(100_000) int maxLength,

        @DefaultValue("24h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration keep,

        @DefaultValue("100") @Min(1) @Max(1000) int page,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration poll,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration timeout,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(seconds = 30)
        Duration retry,

        @DefaultValue("20") @Min(1) @Max(1000) int streamsPerPrincipal,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int openStreams) {}
