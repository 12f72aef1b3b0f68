package io.darvoza.common.security;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers what security refuses: 401 with {@code WWW-Authenticate} (RFC 6750 §3), 403, and 400 for a request line or header
 * that the firewall does not let in. Why a token was refused stays in the log, at debug.
 */
public final class SecurityProblems
        implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler, ServerExchangeRejectedHandler {

    private static final Logger log = LoggerFactory.getLogger(SecurityProblems.class);

    private final ProblemRenderer renderer;

    public SecurityProblems(ProblemRenderer renderer) {
        this.renderer = renderer;
    }

    /** 401; tells a caller with a bad token that the token is what is wrong. */
    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException refusal) {
        if (!(refusal instanceof InvalidBearerTokenException)) {
            return renderer.write(exchange, refusal);
        }
        log.debug("Token refused: {}", String.valueOf(refusal.getCause() == null ? refusal : refusal.getCause()));
        ProblemException problem = CommonProblem.UNAUTHENTICATED
                .exception()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"darvoza\", error=\"invalid_token\"");
        return renderer.write(exchange, problem);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException refusal) {
        return renderer.write(exchange, refusal);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException refusal) {
        log.debug("Request refused: {}", refusal.getMessage());
        return renderer.write(exchange, CommonProblem.MALFORMED_REQUEST.exception());
    }
}
