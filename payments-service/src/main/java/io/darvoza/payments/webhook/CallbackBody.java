package io.darvoza.payments.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a callback carries, whatever it tells of. */
record CallbackBody(String type, Instant timestamp, Object data) {

    /** An order after a transition. */
    record Order(
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
            @Nullable String cardMask) {}

    static CallbackBody of(PaymentSnapshot order) {
        return new CallbackBody(
                order.event(),
                order.at(),
                new Order(
                        order.uid(),
                        order.externalId(),
                        order.type(),
                        order.status(),
                        order.subStatus(),
                        order.performed(),
                        order.amount(),
                        order.actualAmount(),
                        order.fee(),
                        order.currency(),
                        order.version(),
                        order.createdAt(),
                        order.performedAt(),
                        order.cardMask()));
    }
}
