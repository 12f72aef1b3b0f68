package io.darvoza.payments.ledger;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The ledger's jobs.
 *
 * @param checkEvery how often the invariants are checked for what came since the last time
 * @param checkAllEvery how often they are for everything
 * @param checkTimeout how long one query of the check may take
 * @param rollUpEvery how often the commission's entries are added up
 * @param rollUpBatch how many of them at most in one transaction
 */
@Validated
@ConfigurationProperties("darvoza.payments.ledger")
record LedgerProperties(
        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration checkEvery,

        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 31)
        Duration checkAllEvery,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration checkTimeout,

        @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration rollUpEvery,

        @DefaultValue("5000") @Min(1) @Max(100_000) int rollUpBatch) {}
