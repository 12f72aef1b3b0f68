package io.darvoza.common.test.security;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of access tokens as Keycloak issues them (PS256, typ Bearer, realm roles), with a key pair of its own per test JVM.
 * Services trust it through {@link TestIdentity}.
 */
public final class TestTokens {

    public static final String ISSUER = "http://issuer.test/auth/realms/darvoza";
    public static final String AUDIENCE = "darvoza-api";

    private static final Map<String, String> FIXED_SUBJECTS = Map.of(
            "bank_client", "00000000-0000-4000-8000-000000000123",
            "bank_client2", "00000000-0000-4000-8000-000000000124",
            "abs_worker", "00000000-0000-4000-8000-000000000456");

    private static final TestTokens SHARED = new TestTokens();

    private final TestJwks jwks = new TestJwks();

    /** An issuer for one test alone. */
    public TestTokens() {}

    /** The issuer of this test JVM. Whoever changes its mode or key puts them back. */
    public static TestTokens shared() {
        return SHARED;
    }

    public TestJwks jwks() {
        return jwks;
    }

    /** The token of a person who signed in at the client {@code mobile}. */
    public String user(String username, String... roles) {
        return draft().user(username, roles).sign();
    }

    /** The token that a client got for itself. */
    public String program(String clientId, String... roles) {
        return draft().user("service-account-" + clientId, roles)
                .claim("azp", clientId)
                .sign();
    }

    /** The subject of that user's tokens; the demo users have the ids of the local realm. */
    public static String subjectOf(String username) {
        return FIXED_SUBJECTS.getOrDefault(
                username,
                UUID.nameUUIDFromBytes(username.getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    /** A good token of {@code bank_client}, to be changed. For an hour: tests keep theirs, and none of them runs as long. */
    public Draft draft() {
        return new Draft(jwks.signingKey()).user("bank_client", "bank_client");
    }

    /** A token in the making. Values that are null take the member away. */
    public static final class Draft {

        private final Map<String, Object> header = new LinkedHashMap<>();
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private TestKey key;

        private Draft(TestKey key) {
            this.key = key;
            long now = Instant.now().getEpochSecond();
            header.put("alg", "PS256");
            header.put("typ", "JWT");
            header.put("kid", key.id());
            claims.put("exp", now + 3600);
            claims.put("iat", now);
            claims.put("jti", UUID.randomUUID().toString());
            claims.put("iss", ISSUER);
            claims.put("aud", AUDIENCE);
            claims.put("typ", "Bearer");
            claims.put("azp", "mobile");
        }

        public Draft user(String username, String... roles) {
            return claim("sub", subjectOf(username))
                    .claim("preferred_username", username)
                    .claim("realm_access", Map.of("roles", List.of(roles)));
        }

        public Draft header(String name, @Nullable Object value) {
            return set(header, name, value);
        }

        public Draft claim(String name, @Nullable Object value) {
            return set(claims, name, value);
        }

        private Draft set(Map<String, Object> part, String name, @Nullable Object value) {
            if (value == null) {
                part.remove(name);
            } else {
                part.put(name, value);
            }
            return this;
        }

        /** Signs with another key; the header goes on naming the first one. */
        public Draft key(TestKey other) {
            key = other;
            return this;
        }

        TestKey key() {
            return key;
        }

        String headerJson() {
            return JSONObjectUtils.toJSONString(header);
        }

        String claimsJson() {
            return JSONObjectUtils.toJSONString(claims);
        }

        /** The compact form, signed with PS256 whatever the header says. */
        public String sign() {
            return sign(headerJson(), claimsJson());
        }

        /** The same for parts that are no JSON, or JSON that no library would write. */
        String sign(String headerPart, String claimsPart) {
            String content = content(headerPart, claimsPart);
            return content + "." + Base64URL.encode(key.ps(256, content.getBytes(StandardCharsets.US_ASCII)));
        }

        static String content(String headerPart, String claimsPart) {
            return Base64URL.encode(headerPart) + "." + Base64URL.encode(claimsPart);
        }
    }
}
