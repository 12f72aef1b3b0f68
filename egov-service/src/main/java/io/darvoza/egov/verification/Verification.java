package io.darvoza.egov.verification;

import io.darvoza.egov.number.DocumentType;
import io.darvoza.egov.provider.model.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * One verification that somebody asked for.
 *
 * @param numberMasked the number as people may see it
 * @param fromCache whether nobody was asked for it
 * @param stale whether an older verdict stands in for an upstream that failed
 */
public record Verification(
        UUID id,
        DocumentType type,
        String numberMasked,
        Verdict verdict,
        boolean fromCache,
        boolean stale,
        Asker asker,
        Instant createdAt) {}
