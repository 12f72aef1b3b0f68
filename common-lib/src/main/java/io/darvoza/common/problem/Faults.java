package io.darvoza.common.problem;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import tools.jackson.core.JacksonException;

/** Decides which problem a fault is. */
final class Faults {

    private Faults() {}

    static ProblemException problemOf(Throwable fault) {
        return switch (fault) {
            case ProblemException problem -> problem;
            case WebExchangeBindException invalid -> validation(invalid.getAllErrors());
            case HandlerMethodValidationException invalid -> validation(invalid);
            case AuthenticationException _ -> unauthenticated();
            case AccessDeniedException _ -> CommonProblem.FORBIDDEN.exception();
            case DataBufferLimitException _ -> CommonProblem.CONTENT_TOO_LARGE.exception();
            case DecodingException unreadable -> malformed(unreadable);
            case ErrorResponse error -> ofStatus(error, fault);
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    CannotCreateTransactionException _ ->
                CommonProblem.SERVICE_UNAVAILABLE
                        .exception()
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .causedBy(fault);
            case TimeoutException _ ->
                CommonProblem.UPSTREAM_TIMEOUT.exception().causedBy(fault);
            default -> CommonProblem.INTERNAL_ERROR.exception().causedBy(fault);
        };
    }

    private static ProblemException unauthenticated() {
        return CommonProblem.UNAUTHENTICATED
                .exception()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"darvoza\"");
    }

    /** A status that the framework decided on. Its own words stay inside: they name classes. */
    private static ProblemException ofStatus(ErrorResponse error, Throwable fault) {
        Throwable cause = fault.getCause();
        if (cause instanceof DataBufferLimitException) {
            return CommonProblem.CONTENT_TOO_LARGE.exception();
        }
        if (error.getStatusCode().value() == HttpStatus.BAD_REQUEST.value() && cause != null) {
            return malformed(cause);
        }
        ProblemException problem = error.getStatusCode().value() == HttpStatus.UNAUTHORIZED.value()
                ? unauthenticated()
                : CommonProblem.of(error.getStatusCode()).exception();
        error.getHeaders().forEach((name, values) -> problem.header(name, String.join(", ", values)));
        return error.getStatusCode().is5xxServerError() ? problem.causedBy(fault) : problem;
    }

    private static ProblemException malformed(Throwable fault) {
        ProblemException problem = CommonProblem.MALFORMED_REQUEST.exception();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json && !json.getPath().isEmpty()) {
                return problem.error(JsonPointers.of(json.getPath()), "cannot be read");
            }
        }
        return problem;
    }

    private static ProblemException validation(List<ObjectError> errors) {
        ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        for (ObjectError error : errors) {
            String pointer = error instanceof FieldError field ? JsonPointers.of(field.getField()) : "";
            problem.error(pointer, text(error));
        }
        return problem;
    }

    private static ProblemException validation(HandlerMethodValidationException invalid) {
        ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        invalid.getParameterValidationResults()
                .forEach(result -> result.getResolvableErrors()
                        .forEach(error -> problem.error(
                                pointer(result.getMethodParameter().getParameterName(), error), text(error))));
        return problem;
    }

    private static String pointer(@org.jspecify.annotations.Nullable String parameter, MessageSourceResolvable error) {
        if (error instanceof FieldError field) {
            return JsonPointers.of(field.getField());
        }
        return parameter == null ? "" : JsonPointers.of(parameter);
    }

    private static String text(MessageSourceResolvable error) {
        if (error instanceof FieldError field && field.isBindingFailure()) {
            // The binder's own words name classes.
            return "cannot be read";
        }
        String text = error.getDefaultMessage();
        return text == null ? "invalid" : text;
    }
}
