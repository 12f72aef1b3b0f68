package io.darvoza.common.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts the caller of a request's access token into the security context; a bad token ends the request with 401. In place of
 * Spring Security's general filter, which asks for the token twice and goes through a dozen steps more per request.
 */
final class BearerFilter implements WebFilter {

    private final TokenVerifier verifier;
    private final KeycloakRoles roles;
    private final SecurityProblems problems;

    BearerFilter(TokenVerifier verifier, KeycloakRoles roles, SecurityProblems problems) {
        this.verifier = verifier;
        this.roles = roles;
        this.problems = problems;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        @Nullable String token;
        try {
            token = BearerTokens.of(exchange.getRequest());
        } catch (InvalidBearerTokenException refusal) {
            return problems.commence(exchange, refusal);
        }
        return token == null
                ? chain.filter(exchange)
                : caller(token, exchange)
                        .flatMap(caller -> chain.filter(exchange)
                                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(caller)));
    }

    /** Empty when the token was refused; the answer is written then. */
    private Mono<JwtAuthenticationToken> caller(String token, ServerWebExchange exchange) {
        return verifier.decode(token)
                .map(roles::convert)
                .onErrorResume(
                        JwtException.class,
                        refusal -> problems.commence(exchange, new InvalidBearerTokenException("refused", refusal))
                                .then(Mono.empty()));
    }
}
