package io.darvoza.payments;

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
     * The version that a caller wants to change; null when the caller names none. A tag that is no version raises
     * {@link CommonProblem#PRECONDITION_FAILED}: it cannot be the current one.
     */
    public static @Nullable Long wanted(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
        return Long.valueOf(tag.group(1));
    }
}
