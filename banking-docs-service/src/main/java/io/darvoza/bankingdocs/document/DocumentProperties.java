package io.darvoza.bankingdocs.document;

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
 * Rules for documents.
 *
 * @param duplicateWindow how long the same file in the same category counts as sent twice
 * @param maxDocumentsPerClient how many documents one client may keep
 * @param maxBytesPerClient how much room they may take
 * @param contentLinkTime how long a link to a content opens it
 * @param sweepEvery pause between two sweeps for objects that no document has
 * @param sweepGrace how old such an object must be; far above the longest upload
 * @param sweepBack how far back a sweep looks; far above the longest outage
 * @param sweepLimit most objects that one sweep looks at
 * @param feedEvery how often the employees' feed is looked at; what happens on another instance is on screens that much later
 *     at most
 * @param replay how many events behind a stream may come back without a resync
 * @param batchParallel how many files of one batch are looked at and stored at once
 */
@Validated
@ConfigurationProperties("darvoza.banking-docs.documents")
public record DocumentProperties(
        @DefaultValue("24h") @DurationMin @DurationMax(days = 30)
        Duration duplicateWindow,

        @DefaultValue("5000") @Min(1) @Max(1_000_000) int maxDocumentsPerClient,

        @DefaultValue("2GB") DataSize maxBytesPerClient,

        @DefaultValue("5m") @DurationMin @DurationMax(hours = 1)
        Duration contentLinkTime,

        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration sweepEvery,

        @DefaultValue("1h") @DurationMin @DurationMax(days = 7)
        Duration sweepGrace,

        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 3650)
        Duration sweepBack,

        @DefaultValue("100000") @Min(1) @Max(10_000_000) int sweepLimit,

        @DefaultValue("100ms") @DurationMin(millis = 50) @DurationMax(seconds = 10)
        Duration feedEvery,

        @DefaultValue("1000") @Min(0) @Max(100_000) int replay,

        @DefaultValue("4") @Min(1) @Max(16) int batchParallel) {}
