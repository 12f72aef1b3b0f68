package io.darvoza.common.security;

import io.darvoza.common.crypto.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The SHA-256 of a token: stands for it as a key, so that looking one up never compares secrets character by character. */
record Fingerprint(long first, long second, long third, long fourth) {

    static Fingerprint of(String token) {
        // A character beyond ASCII becomes a question mark, which no good token holds.
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)));
        return new Fingerprint(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    @Override
    public int hashCode() {
        return (int) first;
    }
}
