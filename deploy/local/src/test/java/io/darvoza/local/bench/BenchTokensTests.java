package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BenchTokensTests {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final BenchTokens tokens =
            new BenchTokens(URI.create("http://127.0.0.1/bench"), NOW, Duration.ofHours(1), 3);

    @Test
    void ps256TokensVerifyWithThePublishedKey() throws GeneralSecurityException {
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));

        assertThat(tokens.ps256())
                .hasSize(3)
                .allSatisfy(token -> assertThat(verifies(signature, token)).isTrue());
    }

    @Test
    void rs256TokensVerifyWithThePublishedKey() throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");

        assertThat(tokens.rs256())
                .hasSize(3)
                .allSatisfy(token -> assertThat(verifies(signature, token)).isTrue());
    }

    @Test
    void claimsAreThoseOfKeycloak() {
        var claims = new JsonMapper()
                .readTree(
                        Base64.getUrlDecoder().decode(tokens.ps256().getFirst().split("\\.")[1]));

        assertThat(claims.get("exp").asLong() - NOW.getEpochSecond()).isEqualTo(3600);
        assertThat(claims.get("aud").asString()).isEqualTo("darvoza-api");
        assertThat(claims.get("realm_access").get("roles").get(0).asString()).isEqualTo("bank_client");
    }

    private boolean verifies(Signature signature, String token) throws GeneralSecurityException {
        var end = token.lastIndexOf('.');
        signature.initVerify(key());
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
    }

    private PublicKey key() throws GeneralSecurityException {
        var encoded = tokens.publicKeyPem().replaceAll("-----[^-]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
    }
}
