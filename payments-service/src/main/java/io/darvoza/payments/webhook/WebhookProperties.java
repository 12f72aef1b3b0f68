package io.darvoza.payments.webhook;

import io.darvoza.payments.webhook.model.RetrySchedule;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Callbacks to partners.
 *
 * @param exceptions origins that may be called though they are neither https nor public, such as {@code http://127.0.0.1:8190};
 *     for the sandbox of a local run, and empty everywhere else
 * @param pauses before the second, third … try of a delivery; after the last one it has failed
 * @param jitter how much a pause may differ, as a part of it
 * @param wrongPause the least pause after a redirect or a 4xx, which only people can mend
 * @param longestPause the longest pause that a receiver's {@code Retry-After} may ask for
 * @param connectTimeout until the receiver's connection stands
 * @param timeout of a try as a whole
 * @param lease how long an instance may take for a delivery before another takes it over; well above {@code timeout}
 * @param poll pause between two looks for due deliveries; a commit wakes the sender at once
 * @param gaugesEvery how often pending ones are counted for the metrics
 * @param concurrency tries at once on one instance
 * @param perEndpoint tries at once per endpoint; one while it fails, so that it holds up nobody else
 * @param disableAfter how long an endpoint may fail before it is disabled
 * @param maxEndpoints most endpoints of one partner
 * @param secretOverlap how long the previous secret goes on signing when the request does not say
 * @param keep how long delivered messages stay
 * @param keepAll how long any message stays; far above the longest sequence of tries
 */
@Validated
@ConfigurationProperties("darvoza.payments.webhooks")
public record WebhookProperties(
        @DefaultValue Set<String> exceptions,

        @DefaultValue({"5s", "1m", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"}) @NotEmpty @Valid
        List<@DurationMin @DurationMax(days = 7) Duration> pauses,

        @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("0.9")
        double jitter,

        @DefaultValue("30m") @DurationMin @DurationMax(days = 1)
        Duration wrongPause,

        @DefaultValue("24h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration longestPause,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("15s") @DurationMin(millis = 10) @DurationMax(minutes = 2)
        Duration timeout,

        @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration lease,

        @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration poll,

        @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration gaugesEvery,

        @DefaultValue("256") @Min(1) @Max(10_000) int concurrency,

        @DefaultValue("8") @Min(1) @Max(1000) int perEndpoint,

        @DefaultValue("5d") @DurationMin(seconds = 1) @DurationMax(days = 90)
        Duration disableAfter,

        @DefaultValue("10") @Min(1) @Max(1000) int maxEndpoints,

        @DefaultValue("24h") @DurationMin @DurationMax(days = 7)
        Duration secretOverlap,

        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 3650)
        Duration keep,

        @DefaultValue("180d") @DurationMin(days = 30) @DurationMax(days = 3650)
        Duration keepAll) {

    RetrySchedule schedule() {
        return new RetrySchedule(pauses, jitter, wrongPause, longestPause);
    }
}
