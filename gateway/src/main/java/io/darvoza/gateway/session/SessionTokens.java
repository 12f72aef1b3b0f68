package io.darvoza.gateway.session;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.WebSession;

/**
 * The tokens of a signed-in browser session; all that the session knows of the person. Kept as single plain attributes, so
 * that the store needs to know no class of ours, and without the client's secret.
 *
 * @param access what services get
 * @param accessExpiresAt when it ends
 * @param refresh gets the next pair, once
 * @param id proves to Keycloak whose session is to end at logout
 */
record SessionTokens(String access, Instant accessExpiresAt, String refresh, String id) {

    private static final String ACCESS = "access_token";
    private static final String EXPIRES_AT = "access_expires_at";
    private static final String REFRESH = "refresh_token";
    private static final String ID = "id_token";

    /** The tokens of the session; null when nobody is signed in. */
    static @Nullable SessionTokens of(WebSession session) {
        return of(session::getAttribute);
    }

    /** The same of the session as it lies in the store. */
    static @Nullable SessionTokens of(Function<String, @Nullable Object> attributes) {
        return attributes.apply(ACCESS) instanceof String access
                        && attributes.apply(EXPIRES_AT) instanceof String expiresAt
                        && attributes.apply(REFRESH) instanceof String refresh
                        && attributes.apply(ID) instanceof String id
                ? new SessionTokens(access, Instant.parse(expiresAt), refresh, id)
                : null;
    }

    void putInto(WebSession session) {
        Map<String, Object> attributes = session.getAttributes();
        attributes.put(ACCESS, access);
        attributes.put(EXPIRES_AT, accessExpiresAt.toString());
        attributes.put(REFRESH, refresh);
        attributes.put(ID, id);
    }

    static void removeFrom(WebSession session) {
        Map<String, Object> attributes = session.getAttributes();
        attributes.remove(ACCESS);
        attributes.remove(EXPIRES_AT);
        attributes.remove(REFRESH);
        attributes.remove(ID);
    }

    boolean lastsUntil(Instant instant) {
        return accessExpiresAt.isAfter(instant);
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "SessionTokens[accessExpiresAt=%s]".formatted(accessExpiresAt);
    }
}
