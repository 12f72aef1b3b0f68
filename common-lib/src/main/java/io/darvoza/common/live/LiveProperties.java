package io.darvoza.common.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Live streams.
 *
 * @param heartbeat how often a silent stream sends a comment, so that no proxy closes it
 * @param buffer events that may wait for a slow client before its stream ends
 */
@Validated
@ConfigurationProperties("darvoza.live")
public record LiveProperties(
        @DefaultValue("20s") @DurationMin(seconds = 1) @DurationMax(seconds = 25)
        Duration heartbeat,

        @DefaultValue("256") @Min(1) @Max(10_000) int buffer) {}
