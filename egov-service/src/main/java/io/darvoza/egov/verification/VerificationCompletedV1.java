package io.darvoza.egov.verification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verification has ended. Event {@code egov.verification.completed.v1}; it says nothing about whom.
 *
 * @param verificationId the aggregate of the topic
 * @param documentType {@code iin}, {@code passport} or {@code bin}
 * @param status {@code pending}, {@code verified}, {@code failed}, {@code invalid} or {@code expired}
 * @param reason why it is not verified
 * @param assurance what the verdict is worth: {@code LOCAL}, {@code OPEN_DATA}, {@code REGISTRY} or {@code SIGNATURE}
 * @param provider who gave it
 * @param fromCache whether it was given before
 * @param stale whether it stands in for an upstream that failed
 */
record VerificationCompletedV1(
        String verificationId,
        String documentType,
        String status,
        @Nullable String reason,
        String assurance,
        String provider,
        boolean fromCache,
        boolean stale,
        Instant checkedAt) {

    static final String TOPIC = "egov.verification.v1";
    static final String TYPE = "egov.verification.completed.v1";

    static VerificationCompletedV1 from(Verification verification) {
        var verdict = verification.verdict();
        return new VerificationCompletedV1(
                verification.id().toString(),
                verification.type().word(),
                verdict.status().word(),
                verdict.reason() == null ? null : verdict.reason().name(),
                verdict.assurance().name(),
                verdict.provider(),
                verification.fromCache(),
                verification.stale(),
                verdict.checkedAt());
    }
}
