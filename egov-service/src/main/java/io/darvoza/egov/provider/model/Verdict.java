package io.darvoza.egov.provider.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about a number.
 *
 * @param reason null exactly for {@code VERIFIED}
 * @param provider who says it
 * @param source which data set or service it was found in; null for the digits alone
 * @param facts what is known besides; none unless verified or expired
 * @param attempts requests that it took
 * @param checkedAt when the provider said it
 * @param retryAfter when another try makes sense, if that is known
 */
public record Verdict(
        VerificationStatus status,
        @Nullable Reason reason,
        Assurance assurance,
        String provider,
        @Nullable String source,
        Facts facts,
        int attempts,
        Instant checkedAt,
        @Nullable Duration retryAfter) {

    public Verdict {
        if ((status == VerificationStatus.VERIFIED) != (reason == null)) {
            throw new IllegalArgumentException("a reason goes with every status but verified");
        }
    }

    /** Whether the provider has decided, so that its word counts for a while. */
    public boolean isDecided() {
        return status == VerificationStatus.VERIFIED
                || status == VerificationStatus.INVALID
                || status == VerificationStatus.EXPIRED;
    }
}
