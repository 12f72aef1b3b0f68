package io.darvoza.payments.signature;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Keys and signatures of partners.
 *
 * @param skew how far a request's timestamp may be from now, before or after
 * @param nonceMemory how long a nonce is remembered; at least twice {@code skew}, or a replay could pass
 * @param maxBody largest body of a signed request
 * @param maxKeys most keys of one partner that count at a time
 * @param overlap how long a rotated key still counts when the request does not say
 * @param maxOverlap longest overlap that a request may ask for
 */
@Validated
@ConfigurationProperties("darvoza.payments.signature")
public record SignatureProperties(
        @DefaultValue("300s") @DurationMin(seconds = 1) @DurationMax(minutes = 15)
        Duration skew,

        @DefaultValue("600s") @DurationMin(seconds = 2) @DurationMax(hours = 24)
        Duration nonceMemory,

        @DefaultValue("64KB") DataSize maxBody,

        @DefaultValue("20") @Min(1) @Max(1000) int maxKeys,

        @DefaultValue("24h") @DurationMin @DurationMax(days = 7)
        Duration overlap,

        @DefaultValue("7d") @DurationMin @DurationMax(days = 90)
        Duration maxOverlap) {

    @AssertTrue(message = "nonce-memory must be at least twice skew")
    boolean isMemoryLongEnough() {
        return nonceMemory.compareTo(skew.multipliedBy(2)) >= 0;
    }
}
