package io.darvoza.payments.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to one endpoint and what became of it.
 *
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param lastStatus of the last answer; null when there was none
 * @param lastError why there was no answer, or why it will not be tried
 */
public record Delivery(
        UUID id,
        UUID endpointId,
        String messageId,
        String eventType,
        @Nullable String orderUid,
        @Nullable Long orderVersion,
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
        String body) {}
