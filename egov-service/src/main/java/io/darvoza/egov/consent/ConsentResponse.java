package io.darvoza.egov.consent;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A recorded consent. */
@Schema(name = "Consent")
record ConsentResponse(
        UUID id,
        String documentType,
        @Schema(description = "Masked") String number,
        String purpose,
        String scope,
        String channel,
        @Nullable String tokenRef,
        Instant grantedAt,
        Instant expiresAt,
        String recordedBy,
        @Nullable Instant revokedAt) {}
