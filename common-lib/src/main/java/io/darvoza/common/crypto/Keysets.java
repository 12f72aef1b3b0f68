package io.darvoza.common.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Objects;

/** Reads keysets of AEAD keys, and makes them. */
public final class Keysets {

    static {
        try {
            // Without it a keyset is read, but no primitive can be made of its keys.
            AeadConfig.register();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Tink's own key types are refused", impossible);
        }
    }

    private Keysets() {}

    /** The AEAD of a keyset in Tink's JSON. A keyset that cannot be read ends the start with {@link IllegalArgumentException}. */
    public static Aead aead(String json) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                    .getPrimitive(AeadConfig2026.get(), Aead.class);
        } catch (GeneralSecurityException unreadable) {
            // Without the cause: its text may quote the keyset.
            throw new IllegalArgumentException("darvoza.encryption: the keyset is not one of AEAD keys in Tink's JSON");
        }
    }

    /** A new keyset with one AES-256-GCM key, in Tink's JSON: a secret in clear. */
    public static String generate() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM is missing from this JDK", impossible);
        }
    }

    static String of(EncryptionProperties properties) {
        if (properties.keyset() != null) {
            return properties.keyset();
        }
        try {
            return Files.readString(Objects.requireNonNull(properties.keysetFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("darvoza.encryption.keyset-file cannot be read", e);
        }
    }
}
