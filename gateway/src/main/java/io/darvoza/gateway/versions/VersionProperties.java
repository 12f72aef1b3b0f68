package io.darvoza.gateway.versions;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Versions of the APIs.
 *
 * @param refresh how often the table is read; a change of it is in force after this
 * @param timeout longest time that one reading may take
 * @param apis the first path segments after the version, by name of the API
 * @param aliases paths of the seeds without a version, each with the {@code <api>/<version>} that serves it
 * @param countedClients most clients that the count of use tells apart; the rest is counted as {@code other}
 */
@Validated
@ConfigurationProperties("darvoza.gateway.versions")
record VersionProperties(
        @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration refresh,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration timeout,

        @NotEmpty Map<String, @NotEmpty List<String>> apis,
        @DefaultValue Map<String, String> aliases,
        @DefaultValue("200") @Min(1) @Max(1000) int countedClients) {}
