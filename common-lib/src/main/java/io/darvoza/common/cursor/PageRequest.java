package io.darvoza.common.cursor;

import io.darvoza.common.problem.CommonProblem;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a caller asks for.
 *
 * @param limit at most so many items, 1 to 200
 * @param cursor {@code next_cursor} of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** Raises {@link CommonProblem#VALIDATION_FAILED} for a limit outside of 1 to 200. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/limit", "1.." + MAX_LIMIT);
        }
    }

    /** From query parameters, which may be absent. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, cursor);
    }

    /** How many rows to read: one more than asked for, which tells whether there is a next page. */
    public int rowsToRead() {
        return limit + 1;
    }
}
