package io.darvoza.egov.bulk;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An item of a job. */
@Schema(name = "BulkItem")
record BulkItemView(
        @Schema(description = "Of the number's first occurrence, counted from 0")
        int position,

        @Schema(description = "How often the job names it") int times,
        @Schema(description = "Masked") String number,

        @Schema(allowableValues = {"waiting", "running", "done"})
        String state,

        @Schema(allowableValues = {"pending", "verified", "failed", "invalid", "expired"}) @Nullable
        String status,

        @Nullable String reason,
        @Nullable UUID verificationId) {}
