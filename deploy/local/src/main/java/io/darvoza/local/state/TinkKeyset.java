package io.darvoza.local.state;

import java.security.SecureRandom;
import java.util.Base64;

/** A keyset as Tink's JSON format writes it, made without Tink: the launcher starts in a fraction of a second. */
public final class TinkKeyset {

    private static final int KEY_BYTES = 32;
    /** Protocol buffer AesGcmKey: field 3 (key_value), length-delimited. */
    private static final byte KEY_VALUE_TAG = 3 << 3 | 2;

    private TinkKeyset() {}

    /** With one new key, as JSON. */
    public static String aes256Gcm(SecureRandom random) {
        var key = new byte[2 + KEY_BYTES];
        random.nextBytes(key);
        key[0] = KEY_VALUE_TAG;
        key[1] = KEY_BYTES;
        return """
                {"primaryKeyId":%1$d,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey",\
                "value":"%2$s","keyMaterialType":"SYMMETRIC"},\
                "status":"ENABLED","keyId":%1$d,"outputPrefixType":"TINK"}]}""".formatted(
                random.nextInt(1, Integer.MAX_VALUE), Base64.getEncoder().encodeToString(key));
    }
}
