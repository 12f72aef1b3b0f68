package io.darvoza.egov.verdictcache;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Remembered verdicts. How long they count as fresh is a setting of the integration.
 *
 * @param stale how long one may stand in when the upstream fails, from when it was given
 * @param follow how long an instance waits for another one that asks for the same; then it asks, too
 * @param followPoll pause between two looks whether the other one has an answer
 * @param size most verdicts in the memory of one instance; the database has them all
 */
@Validated
@ConfigurationProperties("darvoza.egov.cache")
record CacheProperties(
        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 7)
        Duration stale,

        @DefaultValue("5s") @DurationMin @DurationMax(seconds = 5)
        Duration follow,

        @DefaultValue("100ms") @DurationMin(millis = 10) @DurationMax(seconds = 1)
        Duration followPoll,

        @DefaultValue("10000") @Min(0) @Max(1_000_000) int size) {}
