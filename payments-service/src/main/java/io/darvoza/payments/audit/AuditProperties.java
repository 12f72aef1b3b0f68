package io.darvoza.payments.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The hash chain over audit and ledger.
 *
 * @param chainEvery how often what is new joins the chain
 * @param checkEvery how often what joined since the last time is checked
 * @param checkAllEvery how often all of it is
 */
@Validated
@ConfigurationProperties("darvoza.payments.audit")
record AuditProperties(
        @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration chainEvery,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration checkEvery,

        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 31)
        Duration checkAllEvery) {}
