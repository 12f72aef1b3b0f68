package io.darvoza.egov.apilog;

import io.darvoza.egov.number.DocumentNumber;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made: to us, or by us to an upstream.
 *
 * @param endpoint the path's template, never a query
 * @param number what it was about; kept masked and as an HMAC
 * @param status of the answer; null when there was none
 * @param bytes of the answer, if they were counted
 * @param keyId id of the upstream's key that it went with
 * @param error the reason why it failed, as a word
 */
public record ApiCall(
        Direction direction,
        String method,
        String endpoint,
        @Nullable DocumentNumber number,
        @Nullable Integer status,
        Duration took,
        @Nullable Long bytes,
        @Nullable UUID verificationId,
        @Nullable String keyId,
        @Nullable String traceId,
        @Nullable String principal,
        @Nullable String clientAddress,
        @Nullable String userAgent,
        @Nullable String error) {

    /** Who called. */
    public enum Direction {
        /** Somebody called us. */
        IN,
        /** We called an upstream. */
        OUT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A call to an upstream. */
    public static ApiCall out(
            String endpoint,
            @Nullable DocumentNumber number,
            @Nullable Integer status,
            Duration took,
            @Nullable Long bytes,
            String keyId,
            @Nullable String error) {
        return new ApiCall(
                Direction.OUT,
                "GET",
                endpoint,
                number,
                status,
                took,
                bytes,
                null,
                keyId,
                null,
                null,
                null,
                null,
                error);
    }
}
