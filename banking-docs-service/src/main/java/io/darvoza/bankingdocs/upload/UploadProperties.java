package io.darvoza.bankingdocs.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How files are taken.
 *
 * @param allowedTypes which types, by content
 * @param maxFileSize largest file
 * @param maxFieldsSize all parts but the file together
 * @param maxBatchSize all files of a batch together
 * @param maxBatchItems most files of a batch
 * @param idleTimeout longest silence of a client within an upload
 * @param totalTimeout longest time for the body of an upload
 * @param parallel uploads at once; each takes its file's size on disk and about 1 MB of memory
 * @param waiting uploads that may wait for one of these places
 * @param waitTimeout how long they wait before they are told to come back
 * @param spoolDirectory where files lie until they are stored; this instance's own, emptied at start
 * @param checkThreads files whose structure is checked at once
 * @param checkTimeout longest time for the check of one file
 */
@Validated
@ConfigurationProperties("darvoza.banking-docs.upload")
public record UploadProperties(
        @NotEmpty @DefaultValue({"pdf", "docx"}) List<DocumentType> allowedTypes,
        @DefaultValue("20MB") DataSize maxFileSize,
        @DefaultValue("64KB") DataSize maxFieldsSize,

        @DefaultValue("200MB") DataSize maxBatchSize,
        @DefaultValue("50") @Min(1) @Max(1000) int maxBatchItems,

        @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration idleTimeout,

        @DefaultValue("5m") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration totalTimeout,

        @DefaultValue("24") @Min(1) @Max(1000) int parallel,
        @DefaultValue("200") @Min(0) @Max(10_000) int waiting,

        @DefaultValue("15s") @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration waitTimeout,

        Path spoolDirectory,
        @DefaultValue("2") @Min(1) @Max(64) int checkThreads,

        @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration checkTimeout) {

    /** What boundaries and part heads may take beside the content. */
    private static final long FRAMING_BYTES = 64 * 1024;

    /** Most bytes of a whole batch. */
    long maxBatchBodySize() {
        return maxBatchSize.toBytes() + maxFieldsSize.toBytes() + (1L + maxBatchItems) * FRAMING_BYTES;
    }

    /** Most bytes of a whole request. */
    long maxBodySize() {
        return maxFileSize.toBytes() + maxFieldsSize.toBytes() + FRAMING_BYTES;
    }
}
