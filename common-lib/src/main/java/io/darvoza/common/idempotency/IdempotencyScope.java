package io.darvoza.common.idempotency;

import io.darvoza.common.problem.CommonProblem;
import java.nio.ByteBuffer;

/**
 * Where a key means one command: two callers, or two operations, may use the same key for different things.
 *
 * @param principal who calls, such as {@code Caller.principalKey()}
 * @param operation a fixed name of the operation, such as {@code documents.upload}
 * @param key the caller's {@code Idempotency-Key}
 */
public record IdempotencyScope(String principal, String operation, String key) {

    /** The longest key, in characters. */
    public static final int MAX_KEY_LENGTH = 255;

    /** Raises {@link CommonProblem#INVALID_IDEMPOTENCY_KEY} for a key that is not 1–255 visible ASCII characters. */
    public IdempotencyScope {
        if (principal.isBlank() || operation.isBlank()) {
            throw new IllegalArgumentException("a scope has a principal and an operation");
        }
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !key.chars().allMatch(c -> c >= 0x21 && c <= 0x7E)) {
            throw CommonProblem.INVALID_IDEMPOTENCY_KEY.exception();
        }
    }

    /** The number of this scope's advisory lock; two scopes that share one (1 in 2^64) merely wait for each other. */
    long lockNumber() {
        byte[] hash = Fingerprint.of(principal, operation, key).sha256();
        return ByteBuffer.wrap(hash).getLong();
    }
}
