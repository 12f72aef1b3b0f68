package io.darvoza.bankingdocs.scan;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The scanner for viruses.
 *
 * @param enabled whether files are scanned; when they are, none is kept unscanned
 * @param host of clamd
 * @param port of clamd; its {@code StreamMaxLength} must not be below the largest file
 * @param connectTimeout longest time to reach it
 * @param readTimeout longest silence while it looks
 * @param parallel files that are scanned at once
 */
@Validated
@ConfigurationProperties("darvoza.banking-docs.scanner")
public record ScannerProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("3310") @Min(1) @Max(65535) int port,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("30s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration readTimeout,

        @DefaultValue("4") @Min(1) @Max(64) int parallel) {}
