package io.darvoza.common.reactive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Detached work.
 *
 * @param limit pieces of work that run at once
 * @param drain how long a shutdown waits for them
 */
@Validated
@ConfigurationProperties("darvoza.detached")
public record DetachedProperties(
        @DefaultValue("1000") @Min(1) @Max(100_000) int limit,

        @DefaultValue("15s") @DurationMin(millis = 0) @DurationMax(minutes = 2)
        Duration drain) {}
