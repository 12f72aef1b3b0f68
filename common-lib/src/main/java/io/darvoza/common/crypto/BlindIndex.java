package io.darvoza.common.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds encrypted fields by their exact value: HMAC-SHA-256 over the column and the value. Equal values of one column have
 * equal indexes; nothing else can be told from them without the key. Values are to be in one spelling before they come here.
 */
public final class BlindIndex {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** The key is Base64 of 32 bytes or more; anything else is an {@link IllegalArgumentException} at start. */
    public BlindIndex(String base64Key) {
        byte[] bytes = Base64.getDecoder().decode(base64Key);
        if (bytes.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("darvoza.encryption.index-key has fewer than 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The index of a value in {@code table.column}: 32 bytes. */
    public byte[] of(String table, String column, String value) {
        byte[] name = (table + "." + column).getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            mac.update(name);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is missing from this JDK", impossible);
        }
    }
}
