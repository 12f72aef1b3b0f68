package io.darvoza.common.test.security;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.UUID;

/** A key pair that signs whatever it is given, also what no library would sign. */
public final class TestKey {

    private final RSAKey key;

    private TestKey(RSAKey key) {
        this.key = key;
    }

    /** A new 2048 bit key, as a JWKS lists one for that use. */
    static TestKey generate(Algorithm algorithm, KeyUse use) {
        try {
            return new TestKey(new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .algorithm(algorithm)
                    .keyUse(use)
                    .generate());
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String id() {
        return key.getKeyID();
    }

    public RSAKey publicKey() {
        return key.toPublicJWK();
    }

    byte[] ps(int bits, byte[] content) {
        String digest = "SHA-" + bits;
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), bits / 8, 1));
            return sign(signature, content);
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] rs256(byte[] content) {
        try {
            return sign(Signature.getInstance("SHA256withRSA"), content);
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] sign(Signature signature, byte[] content) throws GeneralSecurityException, JOSEException {
        signature.initSign(key.toRSAPrivateKey());
        signature.update(content);
        return signature.sign();
    }
}
