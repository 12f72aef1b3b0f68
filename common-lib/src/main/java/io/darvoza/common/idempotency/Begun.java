package io.darvoza.common.idempotency;

import io.darvoza.common.problem.CommonProblem;

/** What {@link Idempotency#begin} found. */
public sealed interface Begun {

    /** The command is new, or its earlier attempt died: carry it out, holding the lease. */
    record Started(Lease lease) implements Begun {}

    /** The command was carried out before. Its answer may be told once the request is known to be the same. */
    record Answered(Fingerprint fingerprint, Answer answer) implements Begun {

        /** The kept answer. Raises {@link CommonProblem#IDEMPOTENCY_KEY_REUSED} when the request is another one. */
        public Answer replay(Fingerprint request) {
            if (!fingerprint.equals(request)) {
                throw CommonProblem.IDEMPOTENCY_KEY_REUSED.exception();
            }
            return answer.asReplay();
        }
    }
}
