package io.darvoza.payments.signature;

import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * A key of a partner, without its secret.
 *
 * @param id what the header {@code X-Key-Id} names
 * @param addresses from where it may be used; from everywhere when empty
 * @param expiresAt when it stops to count by itself
 * @param rotatedTo the key that takes its place
 */
public record ApiKey(
        UUID id,
        UUID partnerId,
        String label,
        Set<Scope> scopes,
        List<AddressRange> addresses,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable UUID rotatedTo) {

    private static final String ATTRIBUTE = ApiKey.class.getName();

    public ApiKey {
        scopes = Set.copyOf(scopes);
        addresses = List.copyOf(addresses);
    }

    /** The key that signed the request; null for a request that needed no signature, and had none. */
    public static @Nullable ApiKey of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    void signed(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether it counts at that time: neither revoked nor expired. */
    public boolean countsAt(Instant time) {
        return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
    }

    boolean admits(InetAddress address) {
        return addresses.isEmpty() || addresses.stream().anyMatch(range -> range.contains(address));
    }
}
