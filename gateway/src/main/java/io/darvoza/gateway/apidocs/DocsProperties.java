package io.darvoza.gateway.apidocs;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Documents for programmers.
 *
 * @param refresh how long a description is shown without asking the service again
 * @param timeout longest wait for a service's description
 * @param maxSize largest description that is taken
 */
@Validated
@ConfigurationProperties("darvoza.gateway.docs")
record DocsProperties(
        @DefaultValue("60s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration refresh,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration timeout,

        @DefaultValue("4MB") DataSize maxSize) {}
