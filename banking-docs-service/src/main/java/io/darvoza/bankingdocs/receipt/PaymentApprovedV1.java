package io.darvoza.bankingdocs.receipt;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What payments-service tells of an approved payment, as far as its receipt needs it. Event {@code payments.payment.approved.v1}.
 *
 * @param uid the payment's public id
 * @param partner the partner's Keycloak client
 * @param externalId the partner's own number
 * @param type {@code deposit} or {@code withdrawal}
 * @param amount decimal, that was asked for
 * @param actualAmount decimal, that was paid, where it differs
 * @param currency ISO 4217
 * @param referenceType {@code contract} when a contract is paid for
 * @param referenceId its number
 */
record PaymentApprovedV1(
        String uid,
        String partner,
        @Nullable String externalId,
        String type,
        String amount,
        @Nullable String actualAmount,
        String currency,
        @Nullable String referenceType,
        @Nullable String referenceId,
        @Nullable Instant performedAt) {

    static final String TYPE = "payments.payment.approved.v1";

    /** The contract that is paid for; empty when it is none, or cannot be one of ours. */
    Optional<Long> contract() {
        return Optional.ofNullable(referenceId)
                .filter(_ -> "contract".equals(referenceType))
                .filter(id -> id.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf);
    }

    /** What was paid, with its currency. */
    String paid() {
        return (actualAmount == null ? amount : actualAmount) + " " + currency;
    }
}
