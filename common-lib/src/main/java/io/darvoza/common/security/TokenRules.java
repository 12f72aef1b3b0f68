package io.darvoza.common.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * Which tokens count as access tokens, signature aside.
 *
 * @param issuer exact value of {@code iss}
 * @param audience what {@code aud} must be or contain
 * @param clockSkew how far the issuer's clock and ours may differ
 */
record TokenRules(String issuer, String audience, Duration clockSkew) {

    static final String ALGORITHM = "PS256";

    /** Parameters that bring a key along, point to one, or demand to be understood; our issuer uses none of them. */
    private static final List<String> REFUSED_PARAMETERS = List.of("jku", "jwk", "x5u", "x5c", "crit", "b64", "cty");

    /** RFC 7519 §5.1 and RFC 9068 §2.1. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");

    private static final int LONGEST_KEY_ID = 128;
    private static final long LATEST_SECOND = 253_402_300_799L;

    /** The id of the key that the token claims to be signed with. Throws {@link BadJwtException} for a header that does not count. */
    String keyIdOf(Map<String, Object> header) {
        if (!ALGORITHM.equals(header.get("alg"))) {
            throw new BadJwtException("not signed with " + ALGORITHM);
        }
        if (REFUSED_PARAMETERS.stream().anyMatch(header::containsKey)) {
            throw new BadJwtException("the header holds one of " + REFUSED_PARAMETERS);
        }
        if (!(header.get("typ") instanceof String type) || !TYPES.contains(type.toLowerCase(java.util.Locale.ROOT))) {
            throw new BadJwtException("the header's typ is none of " + TYPES);
        }
        if (header.get("kid") instanceof String id && !id.isEmpty() && id.length() <= LONGEST_KEY_ID) {
            return id;
        }
        throw new BadJwtException("no usable kid");
    }

    /** Throws {@link BadJwtException} for claims that do not make an access token for us at this moment. */
    void check(Map<String, Object> claims, Instant now) {
        require(issuer.equals(claims.get("iss")), "another issuer");
        require(isForUs(claims.get("aud")), "another audience");
        // Keycloak marks what a token is for here: ID tokens say ID, refresh tokens Refresh.
        require("Bearer".equals(claims.get("typ")), "not an access token");
        require(isText(claims.get("sub")) && isText(claims.get("azp")), "no subject or no client");
        Instant issued = moment(claims, "iat");
        Instant end = moment(claims, "exp");
        require(issued.isBefore(end), "ends before it begins");
        require(now.minus(clockSkew).isBefore(end), "expired");
        require(!now.plus(clockSkew).isBefore(issued), "issued in the future");
        if (claims.get("nbf") != null) {
            require(!now.plus(clockSkew).isBefore(moment(claims, "nbf")), "not valid yet");
        }
    }

    /** A NumericDate of whole seconds. */
    static Instant moment(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof Number number && (number instanceof Integer || number instanceof Long)) {
            long second = number.longValue();
            require(second >= 0 && second <= LATEST_SECOND, name + " is out of range");
            return Instant.ofEpochSecond(second);
        }
        throw new BadJwtException(name + " is absent or no whole number");
    }

    private boolean isForUs(@Nullable Object claimed) {
        return audience.equals(claimed) || (claimed instanceof Collection<?> many && many.contains(audience));
    }

    private static boolean isText(@Nullable Object claim) {
        return claim instanceof String text && !text.isBlank();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BadJwtException(otherwise);
        }
    }
}
