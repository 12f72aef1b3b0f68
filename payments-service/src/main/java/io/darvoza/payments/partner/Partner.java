package io.darvoza.payments.partner;

import io.darvoza.payments.money.Currency;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A partner on its terms as they are now; orders keep those under which they were made.
 *
 * @param clientId its client in Keycloak ({@code azp})
 * @param currency of its only account
 * @param ttl how long a new order waits for its payer
 * @param smallestMinor the least amount of an order, as the currency's setting says
 * @param largestMinor the greatest amount of an order, likewise
 * @param secondApprovalMinor an approval of more than this needs a second person: the partner's own bound, else the currency's
 * @param version changes with every change of the partner's own terms
 */
public record Partner(
        UUID id,
        String clientId,
        String name,
        Currency currency,
        PartnerStatus status,
        Duration ttl,
        Commission deposit,
        Commission withdrawal,
        long smallestMinor,
        long largestMinor,
        long secondApprovalMinor,
        Instant createdAt,
        long version) {

    /** Whether it may create orders and keys. */
    public boolean isActive() {
        return status == PartnerStatus.ACTIVE;
    }
}
