package io.darvoza.egov.apilog;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the log. */
@Schema(name = "ApiCall")
record ApiCallView(
        UUID id,
        Instant at,

        @Schema(allowableValues = {"in", "out"}) String direction,

        String method,
        String endpoint,
        @Nullable String documentType,
        @Schema(description = "Masked") @Nullable String number,
        @Nullable Integer status,
        int millis,
        @Nullable Long bytes,
        @Nullable UUID verificationId,
        @Nullable String keyId,
        @Nullable String traceId,
        @Nullable String principal,
        @Nullable String clientAddress,
        @Nullable String userAgent,
        @Nullable String error) {}
