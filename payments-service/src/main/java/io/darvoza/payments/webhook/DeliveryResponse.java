package io.darvoza.payments.webhook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its partner sees it.
 *
 * @param messageId the header {@code webhook-id}, the same for every try
 * @param lastAnswer the beginning of the receiver's last answer
 * @param body what is sent
 */
@Schema(name = "WebhookDelivery")
record DeliveryResponse(
        UUID id,
        String messageId,
        String eventType,
        @Nullable String uid,
        @Nullable Long version,
        String state,
        int attempts,
        Instant createdAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt,
        @Nullable Integer lastStatus,
        @Nullable Integer lastMillis,
        @Nullable String lastAnswer,
        @Nullable String lastError,
        String body) {

    static DeliveryResponse from(Delivery delivery) {
        return new DeliveryResponse(
                delivery.id(),
                delivery.messageId(),
                delivery.eventType(),
                delivery.orderUid(),
                delivery.orderVersion(),
                delivery.state(),
                delivery.attempts(),
                delivery.createdAt(),
                delivery.attemptedAt(),
                delivery.nextAttemptAt(),
                delivery.deliveredAt(),
                delivery.lastStatus(),
                delivery.lastMillis(),
                delivery.lastAnswer(),
                delivery.lastError(),
                delivery.body());
    }
}
