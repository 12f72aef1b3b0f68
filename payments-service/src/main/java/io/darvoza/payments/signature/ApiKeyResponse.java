package io.darvoza.payments.signature;

import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as its partner sees it.
 *
 * @param status {@code active}, {@code expired} or {@code revoked}
 * @param secretHex in the answer that makes the key, and never again
 */
@Schema(name = "ApiKey")
record ApiKeyResponse(
        UUID id,
        String label,
        List<String> scopes,
        List<String> ipAllowlist,
        String status,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable UUID rotatedTo,
        @Nullable String secretHex) {

    static ApiKeyResponse from(ApiKey key, Instant now) {
        return from(key, now, null);
    }

    static ApiKeyResponse from(IssuedKey issued, Instant now) {
        return from(issued.key(), now, issued.secret().hex());
    }

    private static ApiKeyResponse from(ApiKey key, Instant now, @Nullable String secretHex) {
        String ended = key.revokedAt() == null ? "expired" : "revoked";
        return new ApiKeyResponse(
                key.id(),
                key.label(),
                key.scopes().stream().sorted().map(Scope::word).toList(),
                key.addresses().stream().map(AddressRange::toString).toList(),
                key.countsAt(now) ? "active" : ended,
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt(),
                key.lastUsedAt(),
                key.rotatedTo(),
                secretHex);
    }
}
