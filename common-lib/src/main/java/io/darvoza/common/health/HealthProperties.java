package io.darvoza.common.health;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of health checks.
 *
 * @param brokerTimeout how long the broker may take to answer before it counts as away
 */
@ConfigurationProperties("darvoza.health")
@Validated
record HealthProperties(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration brokerTimeout) {}
