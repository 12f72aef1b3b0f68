package io.darvoza.payments.order.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed when the order was made; it never changes.
 *
 * @param uid the capability in the payer's link
 * @param partnerClient the partner's Keycloak client
 * @param externalId the partner's own number; null for a late receipt
 * @param currency ISO 4217
 * @param amount minor units that were asked for
 * @param feeBps what the partner pays, in basis points
 * @param fee of the asked amount
 * @param closesAt until when «Я оплатил» is taken: {@code expiresAt} and a grace
 * @param lateOf uid of the order that ended before its money came
 */
public record OrderTerms(
        UUID id,
        UUID uid,
        UUID partnerId,
        String partnerClient,
        @Nullable String externalId,
        OrderType type,
        String currency,
        long amount,
        int feeBps,
        long feeMin,
        @Nullable Long feeMax,
        long fee,
        @Nullable String clientId,
        @Nullable String description,
        @Nullable String metadata,
        @Nullable String returnUrl,
        @Nullable String callbackUrl,
        @Nullable String referenceType,
        @Nullable String referenceId,
        Instant createdAt,
        Instant expiresAt,
        Instant closesAt,
        @Nullable UUID lateOf,
        @Nullable String lateEvidence) {

    /** What a withdrawal reserves: the amount and, on top, the fee. */
    public long held() {
        return Math.addExact(amount, fee);
    }
}
