package io.darvoza.common.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Finds the access token of a request (RFC 6750 §2.1): in the one {@code Authorization} header of scheme Bearer and nowhere
 * else, since a token in the address ends in logs. Whether its characters make a token is the verifier's to say.
 */
public final class BearerTokens {

    private static final String SCHEME = "Bearer ";

    private BearerTokens() {}

    /**
     * The token; null when the request names no caller by it. Throws {@link InvalidBearerTokenException} when the header occurs
     * twice or holds no token: two readers could else see two callers.
     */
    public static @Nullable String of(ServerHttpRequest request) {
        List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (headers == null || headers.isEmpty()) {
            return null;
        }
        if (headers.size() > 1) {
            throw new InvalidBearerTokenException("more than one Authorization header");
        }
        String header = headers.getFirst();
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && header.length() > SCHEME.length()) {
            return header.substring(SCHEME.length());
        }
        if (header.strip().equalsIgnoreCase(SCHEME.strip())) {
            throw new InvalidBearerTokenException("no token");
        }
        return null;
    }
}
