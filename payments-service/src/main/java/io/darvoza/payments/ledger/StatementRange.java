package io.darvoza.payments.ledger;

import java.time.Instant;

/**
 * A part of a statement.
 *
 * @param from first instant
 * @param until first instant that no longer belongs to it
 * @param afterAt time of the last line that the reader has; {@code from} for the first page
 * @param afterId id of that line; 0 for the first page
 * @param limit at most so many lines
 */
public record StatementRange(Instant from, Instant until, Instant afterAt, long afterId, int limit) {

    /** The beginning of a period's statement. */
    public static StatementRange first(Instant from, Instant until, int limit) {
        return new StatementRange(from, until, from, 0, limit);
    }

    /** What follows a line. */
    public StatementRange after(Instant at, long id) {
        return new StatementRange(from, until, at, id, limit);
    }
}
