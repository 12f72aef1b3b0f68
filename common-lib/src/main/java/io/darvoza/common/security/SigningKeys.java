package io.darvoza.common.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Picks from a JWKS the keys that PS256 signatures may be checked with. Keycloak lists others, for RS256 and for encryption. */
final class SigningKeys {

    private static final int LEAST_BITS = 2048;

    private SigningKeys() {}

    /** Keys by id. Throws {@link IllegalArgumentException} for what is no JWKS or holds no such key: then nothing changes. */
    static Map<String, RSAPublicKey> parse(String jwks) {
        Map<String, RSAPublicKey> keys = new LinkedHashMap<>();
        try {
            for (JWK key : JWKSet.parse(jwks).getKeys()) {
                if (key instanceof RSAKey rsa && signsWithPs256(rsa)) {
                    keys.put(rsa.getKeyID(), rsa.toRSAPublicKey());
                }
            }
        } catch (ParseException | JOSEException unreadable) {
            throw new IllegalArgumentException("the answer is no JWKS", unreadable);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the JWKS has no key for PS256");
        }
        return Map.copyOf(keys);
    }

    private static boolean signsWithPs256(RSAKey key) {
        return key.getKeyID() != null
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || JWSAlgorithm.PS256.equals(key.getAlgorithm()))
                && key.size() >= LEAST_BITS;
    }
}
