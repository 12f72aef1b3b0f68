package io.darvoza.gateway.session;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long browser sessions last and when their tokens are renewed.
 *
 * @param idle a signed-in session ends after this time without a request
 * @param loginIdle the same before the person has signed in
 * @param refreshAhead how long before its end an access token is renewed
 * @param refreshPatience longest wait for a renewal that another request has begun
 * @param streamCheck how often an open live stream looks whether its session is still there
 */
@Validated
@ConfigurationProperties("darvoza.gateway.session")
public record SessionProperties(
        @DefaultValue("30m") @DurationMin(minutes = 1) @DurationMax(hours = 24)
        Duration idle,

        @DefaultValue("10m") @DurationMin(minutes = 1) @DurationMax(hours = 1)
        Duration loginIdle,

        @DefaultValue("30s") @DurationMin @DurationMax(minutes = 2)
        Duration refreshAhead,

        @DefaultValue("8s") @DurationMin(seconds = 1) @DurationMax(seconds = 30)
        Duration refreshPatience,

        @DefaultValue("5s") @DurationMin(millis = 50) @DurationMax(minutes = 1)
        Duration streamCheck) {}
