package io.darvoza.gateway.session;

import java.net.URI;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.security.web.server.savedrequest.WebSessionServerRequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where people wanted to go before the login, in the session. Who has no session has no saved request: none is begun to look. */
@Component
final class SavedRequests implements ServerRequestCache {

    private final ServerRequestCache inSession = new WebSessionServerRequestCache();
    private final SessionCookie cookie;

    SavedRequests(SessionCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public Mono<Void> saveRequest(ServerWebExchange exchange) {
        return inSession.saveRequest(exchange);
    }

    @Override
    public Mono<URI> getRedirectUri(ServerWebExchange exchange) {
        return cookie.isIn(exchange.getRequest()) ? inSession.getRedirectUri(exchange) : Mono.empty();
    }

    @Override
    public Mono<ServerHttpRequest> removeMatchingRequest(ServerWebExchange exchange) {
        return cookie.isIn(exchange.getRequest()) ? inSession.removeMatchingRequest(exchange) : Mono.empty();
    }
}
