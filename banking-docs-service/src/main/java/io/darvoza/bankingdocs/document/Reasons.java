package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.CommonProblem;
import org.jspecify.annotations.Nullable;

/** Why somebody does something, as requests say it in their member {@code reason}. */
final class Reasons {

    static final int MAX_LENGTH = 500;

    private Reasons() {}

    /** A reason that has to be there. Raises {@link CommonProblem#VALIDATION_FAILED}. */
    static String required(@Nullable String reason) {
        if (reason == null
                || reason.isBlank()
                || reason.length() > MAX_LENGTH
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw CommonProblem.VALIDATION_FAILED
                    .exception()
                    .error("/reason", "1..%d, no control characters".formatted(MAX_LENGTH));
        }
        return reason.strip();
    }

    /** A reason that may be left out. */
    static @Nullable String optional(@Nullable String reason) {
        return reason == null ? null : required(reason);
    }
}
