package io.darvoza.egov.apilog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The log of calls.
 *
 * @param file where the lines go, besides the table
 * @param fileSize when a new file is begun; the older ones get the day and a number behind their name
 * @param files how many days of older files are kept
 * @param keep how long rows stay
 */
@Validated
@ConfigurationProperties("darvoza.egov.log")
record ApiLogProperties(
        @DefaultValue("logs/egov_integration.log") Path file,
        @DefaultValue("10MB") DataSize fileSize,
        @DefaultValue("14") @Min(1) @Max(365) int files,

        @DefaultValue("90d") @DurationMin(hours = 1) @DurationMax(days = 3650)
        Duration keep) {}
