package io.darvoza.payments.partner;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What partners get, and what may be set for them.
 *
 * @param ttl how long orders of a new partner wait for their payer
 * @param minTtl the least that may be set
 * @param maxTtl the most that may be set
 * @param commissionBps basis points of a new partner
 */
@Validated
@ConfigurationProperties("darvoza.payments.partners")
record PartnerProperties(
        @DefaultValue("15m") @DurationMin(seconds = 1) Duration ttl,
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration minTtl,
        @DefaultValue("60m") @DurationMin(seconds = 1) Duration maxTtl,

        @DefaultValue("250") @Min(0) @Max(10_000) int commissionBps) {}
