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
 * Rows of many callers in one transaction.
 *
 * @param callers most of one transaction
 * @param waiting most that wait for the next one; the others are told to come again
 * @param patience until a transaction's callers are told that the service is out of order
 */
@Validated
@ConfigurationProperties("darvoza.group-commit")
public record GroupCommitProperties(
        @DefaultValue("200") @Min(1) @Max(10_000) int callers,
        @DefaultValue("2000") @Min(1) @Max(100_000) int waiting,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration patience) {}
