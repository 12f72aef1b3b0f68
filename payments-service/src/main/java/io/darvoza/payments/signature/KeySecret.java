package io.darvoza.payments.signature;

import io.darvoza.common.crypto.Hmac;
import io.darvoza.payments.signature.model.CanonicalText;
import java.util.HexFormat;

/** The secret of an API key: 32 bytes that only the partner and this service know. Its text form hides them. */
public final class KeySecret {

    public static final int LENGTH = 32;

    private final byte[] bytes;

    /** An {@link IllegalArgumentException} for any other length than 32. */
    public KeySecret(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a secret has " + LENGTH + " bytes");
        }
        this.bytes = bytes.clone();
    }

    public static KeySecret ofHex(String hex) {
        return new KeySecret(HexFormat.of().parseHex(hex));
    }

    /** The secret in clear, to be shown once and to be encrypted. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The signature of a {@link CanonicalText}: 32 bytes. */
    public byte[] sign(String text) {
        return Hmac.sha256(bytes, CanonicalText.bytes(text));
    }

    @Override
    public String toString() {
        return "KeySecret[…]";
    }
}
