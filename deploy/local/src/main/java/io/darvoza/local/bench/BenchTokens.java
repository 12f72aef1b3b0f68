package io.darvoza.local.bench;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Access tokens as Keycloak gives them, of an issuer that exists for one measurement: the same claims signed with one RSA
 * key in two ways.
 */
final class BenchTokens {

    static final String AUDIENCE = "darvoza-api";

    private static final String KEY_ID = "bench";
    private static final int KEY_BITS = 2048;
    private static final int PSS_SALT_BYTES = 32;
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final URI issuer;
    private final Instant issuedAt;
    private final Duration life;
    private final KeyPair keys;
    private final List<UUID> subjects;

    /** Of so many subjects. */
    BenchTokens(URI issuer, Instant issuedAt, Duration life, int subjects) {
        this.issuer = issuer;
        this.issuedAt = issuedAt;
        this.life = life;
        this.subjects =
                IntStream.range(0, subjects).mapToObj(_ -> UUID.randomUUID()).toList();
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the suite accepts. */
    List<String> ps256() {
        return subjects.stream()
                .map(subject -> token("PS256", "RSASSA-PSS", claims(subject)))
                .toList();
    }

    /** What haproxy can verify. */
    List<String> rs256() {
        return subjects.stream()
                .map(subject -> token("RS256", "SHA256withRSA", claims(subject)))
                .toList();
    }

    /** One more, for a person or program of this client with this role. */
    String of(UUID subject, String client, String username, String role) {
        return token("PS256", "RSASSA-PSS", claims(subject, client, username, role));
    }

    String jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        return """
                {"keys":[{"kty":"RSA","use":"sig","alg":"PS256","kid":"%s","n":"%s","e":"%s"}]}""".formatted(KEY_ID, unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
    }

    String publicKeyPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private String token(String algorithm, String signature, String claims) {
        var signed = part("""
                {"alg":"%s","typ":"JWT","kid":"%s"}""".formatted(algorithm, KEY_ID)) + "." + part(claims);
        return signed + "." + BASE64_URL.encodeToString(sign(signature, signed));
    }

    private String claims(UUID subject) {
        return claims(subject, "mobile", "bank_client", "bank_client");
    }

    private String claims(UUID subject, String client, String username, String role) {
        return """
                {"exp":%d,"iat":%d,"jti":"%s","iss":"%s","aud":"%s","sub":"%s","typ":"Bearer","azp":"%s",\
                "sid":"%s","scope":"profile","realm_access":{"roles":["%s"]},\
                "preferred_username":"%s","given_name":"Bench","family_name":"Client"}""".formatted(
                        issuedAt.plus(life).getEpochSecond(),
                        issuedAt.getEpochSecond(),
                        UUID.randomUUID(),
                        issuer,
                        AUDIENCE,
                        subject,
                        client,
                        UUID.randomUUID(),
                        role,
                        username);
    }

    private byte[] sign(String algorithm, String text) {
        try {
            var signature = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSS_SALT_BYTES, 1));
            }
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return BASE64_URL.encodeToString(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
