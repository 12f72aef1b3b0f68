package io.darvoza.gateway.access;

import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A chain without a filter, for paths where there is nothing to decide. */
final class WithoutCaller implements SecurityWebFilterChain {

    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        return Mono.just(path.startsWith("/auth/")
                || path.startsWith("/assets/")
                || path.equals("/v1/token")
                || path.equals("/token"));
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
        return Flux.empty();
    }
}
