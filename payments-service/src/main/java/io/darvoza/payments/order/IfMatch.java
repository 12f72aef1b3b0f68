package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version that a decision was made on. */
final class IfMatch {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private IfMatch() {}

    /**
     * The version that an {@code If-Match} names. Raises {@link CommonProblem#PRECONDITION_REQUIRED} without one, and
     * {@link CommonProblem#PRECONDITION_FAILED} for what is no version of an order.
     */
    static long version(@Nullable String header) {
        if (header == null) {
            throw CommonProblem.PRECONDITION_REQUIRED.exception();
        }
        var tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
        return Long.parseLong(tag.group(1));
    }
}
