package io.darvoza.payments.partner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator sets for a partner.
 *
 * @param secondApprovalMinor null: the currency's
 */
record PartnerTerms(
        String name,
        PartnerStatus status,
        Duration ttl,
        Commission deposit,
        Commission withdrawal,
        @Nullable Long secondApprovalMinor) {}
