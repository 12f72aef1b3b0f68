package io.darvoza.payments.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is right after a transition, taken inside of it: what a callback says is never older or newer than the event
 * that it tells of.
 *
 * @param partnerId whose endpoints are called
 * @param event what happened, such as {@code payment.approved}
 * @param at when it happened
 * @param uid the order's public id
 * @param externalId the partner's own number; null for a late receipt
 * @param type {@code deposit} or {@code withdrawal}
 * @param amount a decimal string in {@code currency}, as are {@code actualAmount} and {@code fee}
 * @param version the order's, which only grows
 * @param cardMask a masked card number; never more of it
 * @param callbackUrl the order's own address, if it has one: in place of the address of the partner's endpoint there
 */
public record PaymentSnapshot(
        UUID partnerId,
        String event,
        Instant at,
        String uid,
        @Nullable String externalId,
        String type,
        String status,
        @Nullable String subStatus,
        boolean performed,
        String amount,
        @Nullable String actualAmount,
        String fee,
        String currency,
        long version,
        Instant createdAt,
        @Nullable Instant performedAt,
        @Nullable String cardMask,
        @Nullable String callbackUrl) {}
