package io.darvoza.egov.health;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The background look at the upstream.
 *
 * @param enabled whether this instance may be the one that looks
 * @param every pause between two looks of all instances together; each takes one of the requests per minute
 */
@Validated
@ConfigurationProperties("darvoza.egov.health")
record HealthProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("60s") @DurationMin(seconds = 60) @DurationMax(hours = 1)
        Duration every) {}
