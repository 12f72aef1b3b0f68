package io.darvoza.common.deadletter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Dead letters, as operations see them.
 *
 * @param shown most letters of one topic that are shown; those beyond are counted
 * @param replayed most letters that one replay sends; it is asked again for the rest
 * @param timeout longest wait for each answer of the broker, and for the letters of one topic
 */
@Validated
@ConfigurationProperties("darvoza.events.dead-letters")
public record DeadLetterProperties(
        @DefaultValue("50") @Min(1) @Max(500) int shown,
        @DefaultValue("1000") @Min(1) @Max(100_000) int replayed,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration timeout) {}
