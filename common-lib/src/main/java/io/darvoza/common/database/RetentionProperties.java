package io.darvoza.common.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The deletion of old rows.
 *
 * @param every how often it looks
 * @param batch rows that one statement deletes, so that none holds locks for long
 */
@Validated
@ConfigurationProperties("darvoza.retention")
public record RetentionProperties(
        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration every,

        @DefaultValue("1000") @Min(1) @Max(10_000) int batch) {}
