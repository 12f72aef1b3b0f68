package io.darvoza.sandbox.abs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the АБС answers about a document.
 *
 * @param status what it answers, {@code approved} by default
 * @param delayMillis how late; at once by default
 * @param reason told with the answer, if given
 */
record Manner(
        Kind kind,
        @Nullable String status,
        @Nullable Integer delayMillis,
        @Nullable String reason) {

    enum Kind {
        /** Not at all. */
        SILENT,
        /** Once. */
        ANSWERING,
        /** The same answer twice. */
        TWICE,
        /** Processed first, and approved, which came before, after that. */
        OUT_OF_ORDER,
        /** A status that is none, a value that is no JSON, and a document that nobody sent. */
        NONSENSE
    }

    /** So that it never races an employee by surprise. */
    static final Manner SILENT = new Manner(Kind.SILENT, null, null, null);

    String answer() {
        return status == null ? "approved" : status;
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? 0 : delayMillis);
    }
}
