package io.darvoza.egov.bulk;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bulk jobs.
 *
 * @param maxItems most numbers of a job
 * @param maxSize largest body
 * @param concurrency items that one instance works on at once
 * @param lease how long an instance may take for an item before another takes it over; above the longest question
 * @param poll pause between two looks for items that are due
 * @param laterPause before an item that met a limit is tried again, when nobody says how long
 * @param tries of an item whose provider failed
 * @param keep how long jobs stay
 */
@Validated
@ConfigurationProperties("darvoza.egov.bulk")
record BulkProperties(
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxItems,
        @DefaultValue("1MB") DataSize maxSize,
        @DefaultValue("8") @Min(1) @Max(100) int concurrency,

        @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration lease,

        @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration poll,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration laterPause,

        @DefaultValue("3") @Min(1) @Max(10) int tries,

        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 365)
        Duration keep) {}
