package io.darvoza.common.registry;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a service leaves the registry.
 *
 * @param drain how long requests are still taken after the service has left the registry; at least the time in which
 *     the gateway hears of it (its fetch interval and the registry's own cache)
 */
@ConfigurationProperties("darvoza.registry")
@Validated
record RegistryProperties(
        @DefaultValue("4s") @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 30)
        Duration drain) {}
