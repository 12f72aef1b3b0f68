package io.darvoza.gateway.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Names buckets in Redis by a hash: a key may be a capability, such as a payment's {@code uid}, or of any length. */
final class RedisKeys {

    private static final int HASH_BYTES = 18;

    private RedisKeys() {}

    /** Another rate or burst is another bucket, so that a changed setting holds at once. */
    static String of(Limit limit, String key) {
        byte[] hash = Arrays.copyOf(sha256().digest(key.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
        return "limit:%s:%d:%d:%s"
                .formatted(
                        limit.name(),
                        limit.ratePerSecond(),
                        limit.burst(),
                        Base64.getUrlEncoder().encodeToString(hash));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
