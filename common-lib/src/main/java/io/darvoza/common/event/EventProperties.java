package io.darvoza.common.event;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Kafka topics and listeners.
 *
 * @param topics that the service produces or consumes, each made at start with its dead-letter topic if it does not exist
 * @param partitions of a topic that is made
 * @param replicas of a topic that is made; −1 takes the broker's default
 * @param retry of a record whose listener failed
 */
@Validated
@ConfigurationProperties("darvoza.events")
public record EventProperties(
        @DefaultValue List<@NotBlank String> topics,
        @DefaultValue("6") @Min(1) @Max(256) int partitions,
        @DefaultValue("-1") @Min(-1) @Max(7) short replicas,
        @DefaultValue @Valid Retry retry) {

    /**
     * How often, and after which pauses, a record is tried again before it goes to the dead-letter topic. Its partition waits
     * meanwhile, so that the order of events stays.
     *
     * @param retries after the first try
     * @param first pause, doubled each time
     * @param max longest pause
     */
    public record Retry(
            @DefaultValue("5") @Min(0) @Max(20) int retries,

            @DefaultValue("500ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
            Duration first,

            @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(seconds = 30)
            Duration max) {}
}
