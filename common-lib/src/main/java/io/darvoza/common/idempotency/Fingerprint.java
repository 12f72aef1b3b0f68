package io.darvoza.common.idempotency;

import io.darvoza.common.crypto.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a request asked for, as a SHA-256: the same key with another fingerprint is another request.
 *
 * @param sha256 32 bytes
 */
public record Fingerprint(byte[] sha256) {

    public Fingerprint {
        if (sha256.length != 32) {
            throw new IllegalArgumentException("a fingerprint is a SHA-256");
        }
        sha256 = sha256.clone();
    }

    /** Of the parts that make the request what it is, such as path, normalised JSON and the files' hashes, in order. */
    public static Fingerprint of(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return new Fingerprint(digest.digest());
    }

    @Override
    public byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && MessageDigest.isEqual(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
