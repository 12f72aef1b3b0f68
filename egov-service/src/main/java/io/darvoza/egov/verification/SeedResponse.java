package io.darvoza.egov.verification;

import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The seed's answer, and beside its members what a caller needs to judge it. */
@Schema(name = "SeedVerification")
record SeedResponse(
        boolean success,
        UUID verificationId,

        @Schema(allowableValues = {"pending", "verified", "failed", "invalid", "expired"})
        String status,

        @Nullable Instant verifiedAt,
        @Schema(description = "When verified") @Nullable Map<String, String> data,

        @Schema(description = "Why it is not verified, for people") @Nullable
        String error,

        @Nullable String reason,

        @Schema(allowableValues = {"LOCAL", "OPEN_DATA", "REGISTRY", "SIGNATURE"})
        String assurance,

        boolean fromCache,
        boolean stale) {

    static SeedResponse from(Verification verification, @Nullable String error) {
        Verdict verdict = verification.verdict();
        boolean verified = verdict.status() == VerificationStatus.VERIFIED;
        Reason reason = verdict.reason();
        return new SeedResponse(
                verified,
                verification.id(),
                verdict.status().word(),
                verified ? verdict.checkedAt() : null,
                verified ? verdict.facts().byName() : null,
                error,
                reason == null ? null : reason.name(),
                verdict.assurance().name(),
                verification.fromCache(),
                verification.stale());
    }
}
