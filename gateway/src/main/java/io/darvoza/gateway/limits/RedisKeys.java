package io.darvoza.gateway.limits;

import io.darvoza.common.crypto.Sha256;
import java.util.Arrays;
import java.util.Base64;

/** Names buckets in Redis by a hash: a key may be a capability, such as a payment's {@code uid}, or of any length. */
final class RedisKeys {

    private static final int HASH_BYTES = 18;

    private RedisKeys() {}

    /** Another rate or burst is another bucket, so that a changed setting holds at once. */
    static String of(Limit limit, String key) {
        byte[] hash = Arrays.copyOf(Sha256.of(key), HASH_BYTES);
        return "limit:%s:%d:%d:%s"
                .formatted(
                        limit.name(),
                        limit.ratePerSecond(),
                        limit.burst(),
                        Base64.getUrlEncoder().encodeToString(hash));
    }
}
