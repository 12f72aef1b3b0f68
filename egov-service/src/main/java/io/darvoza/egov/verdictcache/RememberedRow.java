package io.darvoza.egov.verdictcache;

import io.darvoza.egov.provider.model.Assurance;
import io.darvoza.egov.provider.model.Facts;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A remembered verdict as it is encrypted. */
record RememberedRow(
        VerificationStatus status,
        @Nullable Reason reason,
        Assurance assurance,
        String provider,
        @Nullable String source,
        Map<String, String> facts,
        Instant checkedAt,
        Instant freshUntil,
        Instant staleUntil) {

    static RememberedRow from(Remembered remembered) {
        Verdict verdict = remembered.verdict();
        return new RememberedRow(
                verdict.status(),
                verdict.reason(),
                verdict.assurance(),
                verdict.provider(),
                verdict.source(),
                verdict.facts().byName(),
                verdict.checkedAt(),
                remembered.freshUntil(),
                remembered.staleUntil());
    }

    /** Nothing was asked for it this time. */
    Remembered toRemembered() {
        return new Remembered(
                new Verdict(status, reason, assurance, provider, source, new Facts(facts), 0, checkedAt, null),
                freshUntil,
                staleUntil);
    }

    /** It holds facts about people. */
    @Override
    public String toString() {
        return "RememberedRow[" + status + "]";
    }
}
