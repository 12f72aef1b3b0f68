package io.darvoza.common.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * A kind of fault that callers can tell apart by its code. Implemented by enums only: {@link CommonProblem} for faults of
 * every service, one enum per service for its own.
 *
 * <p>A code is unique in the suite, never reused, and has a page under {@code docs/problems}, a title and a detail in
 * Russian and English ({@code <code>.title}, {@code <code>.detail} in a bundle of {@link ProblemTexts}).
 */
public interface ProblemType {

    String name();

    /** The status of the answer. */
    HttpStatus status();

    /** The constant's name in lower_snake_case. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** An exception that ends the request with this problem. The arguments fill the placeholders of the detail text. */
    default ProblemException exception(Object... detailArguments) {
        return new ProblemException(this, detailArguments);
    }
}
