package io.darvoza.common.outbox;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The outbox and its relay.
 *
 * @param keep how long sent events stay in the table
 * @param relay that sends them
 */
@Validated
@ConfigurationProperties("darvoza.outbox")
public record OutboxProperties(
        @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 90)
        Duration keep,

        @DefaultValue @Valid Relay relay) {

    /**
     * The relay.
     *
     * @param enabled whether this instance may be the one that sends
     * @param poll how often it looks for events when nobody told it of one
     * @param batch events read at once
     * @param lockRetry how often an instance that does not lead tries to
     * @param sendTimeout until the broker must have acknowledged an event
     * @param maxBackOff longest pause after the broker or the database failed
     * @param maxHold longest pause before an event that the broker refused is tried again, with those of its key behind it
     */
    public record Relay(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(seconds = 30)
            Duration poll,

            @DefaultValue("200") @Min(1) @Max(5_000) int batch,

            @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
            Duration lockRetry,

            @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 2)
            Duration sendTimeout,

            @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
            Duration maxBackOff,

            @DefaultValue("5m") @DurationMin(millis = 10) @DurationMax(hours = 24)
            Duration maxHold) {}
}
