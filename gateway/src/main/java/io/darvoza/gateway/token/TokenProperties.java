package io.darvoza.gateway.token;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway speaks to Keycloak's token endpoint.
 *
 * @param grants which grants callers may use under {@code /v1/token}; {@code password} in the local realm only
 * @param maxBody longest request of a caller
 * @param connectTimeout longest wait for a connection
 * @param responseTimeout longest wait for an answer
 */
@Validated
@ConfigurationProperties("darvoza.gateway.token")
public record TokenProperties(
        @DefaultValue({"client_credentials", "refresh_token"}) @NotEmpty
        Set<String> grants,

        @DefaultValue("16KB") DataSize maxBody,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration connectTimeout,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(seconds = 30)
        Duration responseTimeout) {}
