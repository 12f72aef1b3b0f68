package io.darvoza.gateway.session;

import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.SecurityProblems;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a browser without a session is told: a person who navigates goes to the login and comes back to where he wanted; a
 * script gets the 401 problem, one of htmx in addition the order to go to the login.
 */
@Component
final class BrowserEntryPoint implements ServerAuthenticationEntryPoint {

    private final ServerRequestCache requests;
    private final SecurityProblems problems;

    BrowserEntryPoint(ServerRequestCache requests, SecurityProblems problems) {
        this.requests = requests;
        this.problems = problems;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException refusal) {
        if (ProblemRenderer.isNavigation(exchange.getRequest())) {
            return requests.saveRequest(exchange).then(Mono.fromRunnable(() -> toLogin(exchange.getResponse())));
        }
        if (exchange.getRequest().getHeaders().containsHeader("HX-Request")) {
            exchange.getResponse().getHeaders().set("HX-Redirect", LoginFlow.PATH);
        }
        return problems.commence(exchange, refusal);
    }

    private static void toLogin(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.FOUND);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setLocation(URI.create(LoginFlow.START));
    }
}
