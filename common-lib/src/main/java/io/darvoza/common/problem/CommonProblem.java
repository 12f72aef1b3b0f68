package io.darvoza.common.problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Faults that any part of the suite can answer. */
public enum CommonProblem implements ProblemType {
    /** The request could not be read: syntax, encoding, a parameter of the wrong type. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST),
    /** The request was read, and members of it break rules; {@code errors} lists each with a JSON pointer. */
    VALIDATION_FAILED(HttpStatus.BAD_REQUEST),
    /** A query parameter that the operation does not know. */
    UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST),
    /** A cursor that was not issued for this query, or was tampered with. */
    INVALID_CURSOR(HttpStatus.BAD_REQUEST),
    /** An {@code Idempotency-Key} that is not 1–255 visible ASCII characters. */
    INVALID_IDEMPOTENCY_KEY(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    /** Nothing there, or nothing that the caller may know of: a foreign object answers this, too. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    /** The body came too slowly. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT),
    CONFLICT(HttpStatus.CONFLICT),
    /** The first request with this {@code Idempotency-Key} is still running. */
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT),
    GONE(HttpStatus.GONE),
    /** {@code If-Match} names another version than the current one. */
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),
    CONTENT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE),
    UNPROCESSABLE_CONTENT(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The {@code Idempotency-Key} was used before with another request. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The operation requires {@code If-Match}. */
    PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    /** A refusal of the caller's request that has no problem of its own. */
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),
    UPSTREAM_FAILED(HttpStatus.BAD_GATEWAY),
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    UPSTREAM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT);

    private final HttpStatus status;

    CommonProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    /** The generic problem of a status that a framework decided on; the first constant with that status is its generic one. */
    static CommonProblem of(HttpStatusCode status) {
        for (CommonProblem problem : values()) {
            if (problem.status.value() == status.value()) {
                return problem;
            }
        }
        return status.is4xxClientError() ? REQUEST_REFUSED : INTERNAL_ERROR;
    }
}
