package io.darvoza.egov.embed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Tokens of forms on other origins.
 *
 * @param life how long one is good for
 * @param checks that one is good for, when its host does not say
 * @param checksAtMost that a host may ask for
 * @param plainHosts hosts whose origins may be plain http; of a local run, empty everywhere else
 */
@Validated
@ConfigurationProperties("darvoza.egov.embed")
record EmbedProperties(
        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration life,

        @DefaultValue("20") @Min(1) @Max(1000) int checks,
        @DefaultValue("100") @Min(1) @Max(1000) int checksAtMost,
        @DefaultValue Set<String> plainHosts) {}
