package io.darvoza.common.problem;

import org.springframework.http.ProblemDetail;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows a problem as a page to a person who navigates; without a bean of it such a person gets the JSON. */
public interface ProblemPage {

    /** Writes the whole answer; status and headers are set already. */
    Mono<Void> write(ServerWebExchange exchange, ProblemDetail problem);
}
