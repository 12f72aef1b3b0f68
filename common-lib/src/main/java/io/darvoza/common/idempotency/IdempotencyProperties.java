package io.darvoza.common.idempotency;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Idempotent commands.
 *
 * @param keep how long a key is remembered
 * @param lease how long a long command may go without a sign of life before another attempt may take its key over
 */
@Validated
@ConfigurationProperties("darvoza.idempotency")
public record IdempotencyProperties(
        @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 90)
        Duration keep,

        @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration lease) {}
