package io.darvoza.gateway.hygiene;

import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is believed of what comes from outside.
 *
 * @param trustedProxies addresses or networks ({@code 10.0.0.0/8}) of proxies before the gateway, whose
 *     {@code X-Forwarded-For} is believed; of anybody else it is dropped
 * @param cors which other origins may read answers of {@code /v1}; none by default
 */
@Validated
@ConfigurationProperties("darvoza.gateway.hygiene")
public record HygieneProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue Cors cors) {

    /**
     * Never with cookies: a page of another origin needs a token of its own.
     *
     * @param allowedOrigins such as {@code https://app.example.org}
     * @param leftToServices path patterns whose service answers for other origins itself, preflights included; the gateway says
     *     nothing there
     * @param maxAge how long a browser remembers the permission
     */
    public record Cors(
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue List<String> leftToServices,

            @DefaultValue("10m") @DurationMin @DurationMax(hours = 24)
            Duration maxAge) {}
}
