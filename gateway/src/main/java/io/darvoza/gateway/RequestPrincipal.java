package io.darvoza.gateway;

import io.darvoza.common.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whom a request counts for. Only verified tokens make one, a session's among them: what a request merely claims never
 * does.
 *
 * @param key {@code user:<subject>} or {@code client:<client id>}, see {@link Caller#principalKey()}
 * @param clientId the client that got the token ({@code azp})
 */
public record RequestPrincipal(String key, String clientId) {

    private static final String ATTRIBUTE = RequestPrincipal.class.getName();

    /** The principal of an authentication; null for an anonymous one. */
    public static @Nullable RequestPrincipal of(@Nullable Authentication authentication) {
        Caller caller = Caller.of(authentication);
        return caller == null ? null : new RequestPrincipal(caller.principalKey(), caller.clientId());
    }

    /** The principal that {@link #keepIn} kept; null for an anonymous request. */
    public static @Nullable RequestPrincipal of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** Whether a program called with its own credentials, not a person. */
    public boolean isProgram() {
        return key.startsWith("client:");
    }

    /** Keeps the principal for the filters that follow, so that it is resolved once per request. */
    public void keepIn(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
