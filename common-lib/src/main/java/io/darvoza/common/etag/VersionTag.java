package io.darvoza.common.etag;

import io.darvoza.common.problem.CommonProblem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of objects as {@code ETag} and {@code If-Match} carry them: {@code "3"}. */
public final class VersionTag {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private VersionTag() {}

    /** The tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a caller wants to change; null when the caller names none, or any ({@code *}). A tag that is no
     * version raises {@link CommonProblem#PRECONDITION_FAILED}: it cannot be the current one.
     */
    public static @Nullable Long wanted(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
        return Long.valueOf(tag.group(1));
    }

    /** Raises {@link CommonProblem#PRECONDITION_FAILED} when a version was named, and another one is the current one. */
    public static void require(@Nullable Long wanted, long current) {
        if (wanted != null && wanted != current) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
    }
}
