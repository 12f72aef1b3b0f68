package io.darvoza.common.crypto;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Encrypts single fields: authenticated, and with a fresh nonce each time, so that equal values do not look equal. A
 * ciphertext names its key, so rows written before a rotation stay readable for as long as the keyset keeps that key.
 */
public final class FieldCipher {

    private final Aead aead;

    public FieldCipher(Aead aead) {
        this.aead = aead;
    }

    /** The ciphertext of a value at its place. */
    public byte[] encrypt(String value, FieldPlace place) {
        try {
            return aead.encrypt(value.getBytes(StandardCharsets.UTF_8), place.associatedData());
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("cannot encrypt " + place.table() + "." + place.column(), fault);
        }
    }

    /** The value behind a ciphertext. One that was changed, moved, or made with an unknown key is a fault. */
    public String decrypt(byte[] ciphertext, FieldPlace place) {
        try {
            return new String(aead.decrypt(ciphertext, place.associatedData()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("cannot decrypt " + place.table() + "." + place.column(), fault);
        }
    }
}
