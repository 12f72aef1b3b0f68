package io.darvoza.egov.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verification as its asker sees it. */
@Schema(name = "Verification")
record VerificationResponse(
        UUID verificationId,

        @Schema(allowableValues = {"iin", "passport", "bin"})
        String documentType,

        @Schema(example = "••••••••0017", description = "The number, masked")
        String number,

        @Schema(allowableValues = {"pending", "verified", "failed", "invalid", "expired"})
        String status,

        @JsonProperty("is_verified") boolean verified,

        @Schema(example = "CHECKSUM", description = "Why it is not verified") @Nullable
        String reason,

        @Schema(
                allowableValues = {"LOCAL", "OPEN_DATA", "REGISTRY", "SIGNATURE"},
                description = "What the verdict is worth")
        String assurance,

        String provider,

        @Schema(example = "gbd_ul/v1/bin", description = "Where the number was looked up") @Nullable
        String source,

        @Schema(description = "Whether it was given before and counts still")
        boolean fromCache,

        @Schema(description = "Whether an older verdict stands in for a provider that failed")
        boolean stale,

        Instant createdAt,
        @Schema(description = "When the provider said it") Instant checkedAt,
        @Nullable Instant verifiedAt,

        @Schema(description = "What the provider told besides") @Nullable
        Map<String, String> data,

        @Nullable DerivedHints derived) {

    static VerificationResponse from(Verification verification, @Nullable DerivedHints derived) {
        Verdict verdict = verification.verdict();
        boolean verified = verdict.status() == VerificationStatus.VERIFIED;
        return new VerificationResponse(
                verification.id(),
                verification.type().word(),
                verification.numberMasked(),
                verdict.status().word(),
                verified,
                verdict.reason() == null ? null : verdict.reason().name(),
                verdict.assurance().name(),
                verdict.provider(),
                verdict.source(),
                verification.fromCache(),
                verification.stale(),
                verification.createdAt(),
                verdict.checkedAt(),
                verified ? verdict.checkedAt() : null,
                verdict.facts().isEmpty() ? null : verdict.facts().byName(),
                derived);
    }

    /** The same without what the provider told about the person. */
    VerificationResponse withoutData() {
        return new VerificationResponse(
                verificationId,
                documentType,
                number,
                status,
                verified,
                reason,
                assurance,
                provider,
                source,
                fromCache,
                stale,
                createdAt,
                checkedAt,
                verifiedAt,
                null,
                derived);
    }
}
