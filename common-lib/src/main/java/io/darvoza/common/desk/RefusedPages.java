package io.darvoza.common.desk;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/**
 * Shows the problem of an operation that a page could not do without. A service makes it the {@code @ControllerAdvice} of its
 * pages' packages.
 */
public abstract class RefusedPages {

    /** Spring's own refusals, which have no code, go on to the service's renderer. */
    @ExceptionHandler
    protected Mono<Rendering> refused(ErrorResponseException refusal) {
        ProblemDetail problem = refusal.getBody();
        boolean ofAnOperation =
                problem.getProperties() != null && problem.getProperties().containsKey("code");
        return ofAnOperation ? Mono.just(page(refusal.getStatusCode(), problem)) : Mono.error(refusal);
    }

    private static Rendering page(HttpStatusCode status, ProblemDetail problem) {
        return Rendering.view("kit/error")
                .status(status)
                .modelAttribute("problem", problem)
                .build();
    }
}
