package io.darvoza.gateway.routing;

import java.io.IOException;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Repeats a {@code GET} or {@code HEAD} whose connection failed before an answer came, at another instance if there is one.
 * Anything else is never repeated: it may have taken effect. Nor is a time-out: the caller has waited enough.
 */
final class RepeatedReads implements GatewayFilter {

    private final Retry retry;

    RepeatedReads(RoutingProperties.Retry properties) {
        this.retry = Retry.backoff(properties.times(), properties.pause())
                .filter(IOException.class::isInstance)
                .onRetryExhaustedThrow((_, last) -> last.failure());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!isRead(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
                    ServerWebExchangeUtils.reset(exchange);
                    return chain.filter(exchange);
                })
                .retryWhen(retry);
    }

    private static boolean isRead(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        HttpHeaders headers = request.getHeaders();
        return (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }
}
