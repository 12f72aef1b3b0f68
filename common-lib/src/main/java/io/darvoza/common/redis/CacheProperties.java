package io.darvoza.common.redis;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept in Redis to be had again.
 *
 * @param namespace begins every key: two services, or two databases of one, never share one
 * @param timeout how long an answer of Redis is waited for
 * @param pause how long Redis is not asked after it has failed
 */
@Validated
@ConfigurationProperties("darvoza.cache")
public record CacheProperties(
        @NotBlank String namespace,

        @DefaultValue("50ms") @DurationMin(millis = 1) @DurationMax(seconds = 5)
        Duration timeout,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration pause) {}
