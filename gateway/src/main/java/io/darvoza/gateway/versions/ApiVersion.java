package io.darvoza.gateway.versions;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of one API: a row of {@code api_version}.
 *
 * @param api name of the API, such as {@code payments}
 * @param version first segment of its paths, such as {@code v1}
 * @param status what the row says; {@link #statusAt} adds what the dates say
 * @param releasedAt null for a preview, and where the table has not been read yet
 * @param deprecationAt from when new work should use the successor; may lie in the future
 * @param sunsetAt from when calls get 410; not before {@code deprecationAt}
 * @param successor the version of the same API to move to
 * @param docUrl where people read about this version and how to move on
 */
record ApiVersion(
        String api,
        String version,
        Status status,
        @Nullable Instant releasedAt,
        @Nullable Instant deprecationAt,
        @Nullable Instant sunsetAt,
        @Nullable String successor,
        @Nullable String docUrl) {

    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,3}");

    /** The life of a version; it only ever moves to the right. */
    enum Status {
        PREVIEW,
        ACTIVE,
        DEPRECATED,
        SUNSET,
        REMOVED
    }

    ApiVersion {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("no version of an API: " + version);
        }
        if (sunsetAt != null && (deprecationAt == null || sunsetAt.isBefore(deprecationAt))) {
            throw new IllegalArgumentException(api + " " + version + " ends before it is deprecated");
        }
    }

    /** A version that serves and of which nothing else is known. */
    static ApiVersion active(String api, String version) {
        return new ApiVersion(api, version, Status.ACTIVE, null, null, null, null, null);
    }

    /** The status in force: dates that have passed move it on, so nobody needs to change a row at midnight. */
    Status statusAt(Instant now) {
        if (status == Status.REMOVED || status == Status.SUNSET) {
            return status;
        }
        if (sunsetAt != null && !now.isBefore(sunsetAt)) {
            return Status.SUNSET;
        }
        return deprecationAt != null && !now.isBefore(deprecationAt) ? Status.DEPRECATED : status;
    }
}
