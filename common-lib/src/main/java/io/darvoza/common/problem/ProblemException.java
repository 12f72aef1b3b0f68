package io.darvoza.common.problem;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Ends a request with a problem. The only exception type of the suite's own code; refusals that a model decides are
 * values and become this at the use case.
 *
 * <p>Everything in it is told to the caller, except the cause, which goes to the log.
 */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** One invalid place of the request: a JSON pointer (RFC 6901) into the body, or a parameter's name, and what is wrong. */
    public record InvalidPlace(String pointer, String detail) {}

    private final transient ProblemType type;
    private final transient Object[] detailArguments;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient List<InvalidPlace> errors = new ArrayList<>();
    private final transient HttpHeaders headers = new HttpHeaders();

    ProblemException(ProblemType type, Object... detailArguments) {
        super(type.code());
        this.type = type;
        this.detailArguments = detailArguments.clone();
    }

    /** Adds an extension member to the answer. */
    @CanIgnoreReturnValue
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Adds an invalid place to {@code errors}. */
    @CanIgnoreReturnValue
    public ProblemException error(String pointer, String detail) {
        errors.add(new InvalidPlace(pointer, detail));
        return this;
    }

    /** Adds a header to the answer. */
    @CanIgnoreReturnValue
    public ProblemException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Tells the caller when another try makes sense; rounded up to whole seconds. */
    @CanIgnoreReturnValue
    public ProblemException retryAfter(Duration delay) {
        long seconds = delay.plusNanos(999_999_999).toSeconds();
        return header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }

    /** Keeps the fault that led here, for the log. */
    @CanIgnoreReturnValue
    public ProblemException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    Object[] detailArguments() {
        return detailArguments.clone();
    }

    Map<String, Object> members() {
        return members;
    }

    List<InvalidPlace> errors() {
        return errors;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** A refusal of the caller's request needs no stack trace; it would cost more than the rest of the answer. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public synchronized @Nullable Throwable getCause() {
        return super.getCause();
    }
}
