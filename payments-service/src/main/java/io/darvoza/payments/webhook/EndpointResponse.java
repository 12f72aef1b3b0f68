package io.darvoza.payments.webhook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its partner sees it.
 *
 * @param status {@code active} or {@code disabled}
 * @param failingSince the first failure after the last success
 * @param secret in the answer that makes it, and never again
 */
@Schema(name = "Webhook")
record EndpointResponse(
        UUID id,
        String url,
        @Nullable String description,
        List<String> eventTypes,
        String status,
        @Nullable String disabledReason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        @Nullable Instant previousSecretUntil,
        Instant createdAt,
        @Nullable String secret) {

    static EndpointResponse from(Endpoint endpoint) {
        return from(endpoint, null);
    }

    static EndpointResponse from(Endpoint endpoint, @Nullable WebhookSecret secret) {
        return new EndpointResponse(
                endpoint.id(),
                endpoint.url(),
                endpoint.description(),
                endpoint.eventTypes(),
                endpoint.isActive() ? "active" : "disabled",
                endpoint.disabledReason(),
                endpoint.disabledAt(),
                endpoint.failingSince(),
                endpoint.previousSecretUntil(),
                endpoint.createdAt(),
                secret == null ? null : secret.text());
    }
}
