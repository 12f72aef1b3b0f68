package io.darvoza.common.crypto;

import jakarta.validation.constraints.AssertTrue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Keys of encrypted fields.
 *
 * @param keyset a Tink keyset of AEAD keys in JSON: its primary key encrypts, all of them decrypt, so a key is rotated by
 *     adding a new primary one
 * @param keysetFile a file with the same, instead of {@code keyset}
 * @param indexKey the key of blind indexes: 32 bytes or more in Base64, not the keyset's; rotating it means computing every
 *     index anew
 */
@Validated
@ConfigurationProperties("darvoza.encryption")
public record EncryptionProperties(
        @Nullable String keyset,
        @Nullable Path keysetFile,
        @Nullable String indexKey) {

    @AssertTrue(message = "needs exactly one of keyset and keyset-file")
    boolean isKeysetGivenOnce() {
        return (keyset == null) != (keysetFile == null);
    }

    @Override
    public String toString() {
        return "EncryptionProperties[keysetFile=" + keysetFile + "]";
    }
}
