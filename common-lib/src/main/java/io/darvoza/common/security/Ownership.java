package io.darvoza.common.security;

import io.darvoza.common.problem.ProblemType;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Keeps foreign objects unknown: one that the caller may not know of answers exactly as one that does not exist. */
public final class Ownership {

    private Ownership() {}

    /** Ends the request with the problem of an absent object unless the caller may know of it. */
    public static void require(boolean mayKnow, ProblemType absent) {
        if (!mayKnow) {
            throw absent.exception();
        }
    }

    /**
     * For {@code transform}: lets a found object pass if the caller may know of it; a foreign one and an absent one both
     * end with the same problem.
     */
    public static <T> UnaryOperator<Mono<T>> visible(Predicate<? super T> mayKnow, ProblemType absent) {
        return found -> found.filter(mayKnow).switchIfEmpty(Mono.error(absent::exception));
    }
}
