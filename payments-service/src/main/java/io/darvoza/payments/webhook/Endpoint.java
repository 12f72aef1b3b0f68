package io.darvoza.payments.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a partner wants to be called, without the secret.
 *
 * @param eventTypes what it wants to hear of; everything when empty
 * @param disabledReason {@code by_partner}, {@code gone} or {@code failing}; null while it is active
 * @param failingSince the first failure after the last success
 */
public record Endpoint(
        UUID id,
        UUID partnerId,
        String url,
        @Nullable String description,
        List<String> eventTypes,
        @Nullable String disabledReason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        @Nullable Instant previousSecretUntil,
        Instant createdAt,
        long version) {

    /** Whether it is called. */
    public boolean isActive() {
        return disabledReason == null;
    }
}
