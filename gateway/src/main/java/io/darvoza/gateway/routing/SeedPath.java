package io.darvoza.gateway.routing;

import io.darvoza.gateway.routing.Destination.Rewrite;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets a path of a seed reach the operation under {@code /v1} that stands for it. */
record SeedPath(Rewrite rewrite) implements GatewayFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        String path = rewrite.apply(exchange.getRequest().getURI().getRawPath());
        ServerHttpRequest request = exchange.getRequest().mutate().path(path).build();
        return chain.filter(exchange.mutate().request(request).build());
    }
}
