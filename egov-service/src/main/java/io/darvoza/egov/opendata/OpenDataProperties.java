package io.darvoza.egov.opendata;

import io.darvoza.egov.number.DocumentType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How open data is asked and read. Its address, keys and data sets are settings of the integration.
 *
 * @param fields by kind of number: our name of a fact and the field of the data set that has it
 * @param stateFields by kind of number: the field that says whether the document was withdrawn
 * @param withdrawn words in that field that say so, in small letters
 * @param zone whose date tells whether a document has expired
 * @param inFlight questions at once; more are refused
 * @param firstPause before the second try of a question; doubles with each, half of it by chance
 * @param longestPause that a question waits before another try, also when the upstream asks for more
 * @param keyRefusedFor how long a key that the upstream refused is not tried again
 * @param rateLimitedFor how long a key rests after a 429 that does not say
 * @param restAtMost the longest rest that a 429 may ask for
 * @param keepSlots how long counted requests stay
 * @param breaker when the upstream is left alone
 */
@Validated
@ConfigurationProperties("darvoza.egov.open-data")
record OpenDataProperties(
        @DefaultValue @NotNull Map<DocumentType, Map<String, String>> fields,
        @DefaultValue @NotNull Map<DocumentType, String> stateFields,

        @DefaultValue({"revoked", "invalid", "аннулирован", "недействителен"})
        Set<String> withdrawn,

        @DefaultValue("Asia/Almaty") ZoneId zone,
        @DefaultValue("16") @Min(1) @Max(1000) int inFlight,

        @DefaultValue("200ms") @DurationMin(millis = 1) @DurationMax(seconds = 5)
        Duration firstPause,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(seconds = 30)
        Duration longestPause,

        @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration keyRefusedFor,

        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration rateLimitedFor,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration restAtMost,

        @DefaultValue("1d") @DurationMin(minutes = 5) @DurationMax(days = 30)
        Duration keepSlots,

        @DefaultValue @Valid Breaker breaker) {

    /**
     * When the upstream is left alone.
     *
     * @param window over how many last requests failures are counted; half of them must have been made
     * @param failurePercent share of failures that opens it
     * @param openFor until a few may try again
     */
    record Breaker(
            @DefaultValue("20") @Min(4) @Max(1000) int window,
            @DefaultValue("50") @Min(1) @Max(100) int failurePercent,

            @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
            Duration openFor) {}

    /** The share of the limit that bulk jobs may use: 40 of 60. */
    static int bulkShare(int ratePerMinute) {
        return Math.max(1, ratePerMinute * 40 / 60);
    }
}
