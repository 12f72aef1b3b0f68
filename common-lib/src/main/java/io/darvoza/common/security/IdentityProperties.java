package io.darvoza.common.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where access tokens come from and which of them count.
 *
 * @param issuer the only issuer whose tokens count, as it stands in the claim {@code iss}
 * @param jwksUri where the issuer's public keys are fetched, inside the network
 * @param audience what the claim {@code aud} must contain
 * @param tokenUri where this service gets tokens of its own
 * @param clientId the Keycloak client of this service
 * @param clientSecret that client's secret; never logged
 * @param clockSkew how far the issuer's clock and ours may differ
 * @param maxTokenLength longest token that is looked at, in characters
 * @param keys how the issuer's public keys are kept
 * @param tokenCache how tokens that were found good are remembered
 */
@Validated
@ConfigurationProperties("darvoza.identity")
public record IdentityProperties(
        @NotBlank String issuer,
        URI jwksUri,
        @DefaultValue("darvoza-api") @NotBlank String audience,
        @Nullable URI tokenUri,
        @Nullable String clientId,
        @Nullable String clientSecret,

        @DefaultValue("60s") @DurationMin @DurationMax(seconds = 60)
        Duration clockSkew,

        @DefaultValue("8192") @Min(1024) @Max(65_536) int maxTokenLength,
        @DefaultValue @Valid Keys keys,
        @DefaultValue @Valid TokenCache tokenCache) {

    /**
     * How the issuer's public keys are kept.
     *
     * @param timeToLive how long fetched keys count; a key that the issuer withdrew is refused after this and one minute
     * @param refreshAhead how long before that a request has new ones fetched in the background
     * @param outageTolerance how much longer old keys count while new ones cannot be had
     * @param pause least time between a fetch that failed, or was for an unknown key, and the next
     * @param pauseWithoutKeys the same while there are no keys at all, so that a start before Keycloak's heals soon
     */
    public record Keys(
            @DefaultValue("4m") @DurationMin(seconds = 1) @DurationMax(minutes = 4)
            Duration timeToLive,

            @DefaultValue("1m") @DurationMin Duration refreshAhead,

            @DefaultValue("10m") @DurationMin @DurationMax(hours = 1)
            Duration outageTolerance,

            @DefaultValue("30s") @DurationMin(seconds = 1) Duration pause,
            @DefaultValue("1s") @DurationMin(millis = 100) Duration pauseWithoutKeys) {}

    /**
     * How tokens that were found good are remembered.
     *
     * @param size most tokens remembered; 0 remembers none
     * @param timeToLive longest time that a token is not looked at again; never past its own end
     */
    public record TokenCache(
            @DefaultValue("10000") @Min(0) @Max(1_000_000) int size,

            @DefaultValue("60s") @DurationMin @DurationMax(seconds = 60)
            Duration timeToLive) {}

    /** Without the secret. */
    @Override
    public String toString() {
        return "IdentityProperties[issuer=%s, jwksUri=%s, audience=%s, clientId=%s]"
                .formatted(issuer, jwksUri, audience, clientId);
    }
}
