package io.darvoza.common.security;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The person or program behind a request, as its access token says. A controller gets it as an argument; an argument
 * marked {@code @Nullable} is null for a caller without a token, any other such call ends with 401.
 *
 * @param subject Keycloak's id of the user; of a client's service account for a program
 * @param clientId the client that got the token ({@code azp})
 * @param username the login name; a program's is {@code service-account-<client>}
 * @param roles realm roles
 * @param expiresAt when the token ends; live streams end with it
 */
public record Caller(
        String subject,
        String clientId,
        @Nullable String username,
        @Nullable String givenName,
        @Nullable String familyName,
        Set<String> roles,
        Instant expiresAt) {

    private static final String SERVICE_ACCOUNT = "service-account-";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The caller of a verified token, or the one that a service's own kind of token stands for; null when the request had none. */
    public static @Nullable Caller of(@Nullable Authentication authentication) {
        return switch (authentication == null ? null : authentication.getPrincipal()) {
            case Jwt token -> of(token);
            case Caller caller -> caller;
            case null, default -> null;
        };
    }

    /** The caller of a token that {@link TokenVerifier} has let through, so subject, client and end are there. */
    public static Caller of(Jwt token) {
        return new Caller(
                Objects.requireNonNull(token.getSubject()),
                Objects.requireNonNull(token.getClaimAsString("azp")),
                token.getClaimAsString("preferred_username"),
                token.getClaimAsString("given_name"),
                token.getClaimAsString("family_name"),
                KeycloakRoles.of(token),
                Objects.requireNonNull(token.getExpiresAt()));
    }

    /** Whether the caller holds the realm role. */
    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether the caller holds at least one of the realm roles. */
    public boolean hasAny(String... anyOf) {
        for (String role : anyOf) {
            if (has(role)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a program called with its own credentials, not a person through one. In doubt a person, since all people of
     * one client would else count as one caller.
     */
    public boolean isProgram() {
        return (SERVICE_ACCOUNT + clientId).equalsIgnoreCase(username);
    }

    /** Names the caller where things are counted or kept per caller: {@code user:<subject>} or {@code client:<client id>}. */
    public String principalKey() {
        return isProgram() ? "client:" + clientId : "user:" + subject;
    }
}
