package io.darvoza.gateway.session;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * From here on a browser's request carries the session's token as any program's request carries its own. Placed in the
 * security chain, so outside of every route's filters: no trouble with a token counts as a service's.
 */
final class SessionTokenRelay implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(Authentication::getPrincipal)
                .ofType(Jwt.class)
                .map(token -> withToken(exchange, token))
                .defaultIfEmpty(exchange)
                .flatMap(chain::filter);
    }

    private static ServerWebExchange withToken(ServerWebExchange exchange, Jwt token) {
        return exchange.mutate()
                .request(request -> request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token.getTokenValue()))
                .build();
    }
}
