package io.darvoza.sandbox.partner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A callback that came.
 *
 * @param id the header {@code webhook-id}
 * @param timestamp the header {@code webhook-timestamp}
 * @param signature the header {@code webhook-signature}
 * @param body as it came
 * @param redirected whether it came by the redirect
 */
record Callback(
        Instant at,
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signature,
        String body,
        boolean redirected) {}
