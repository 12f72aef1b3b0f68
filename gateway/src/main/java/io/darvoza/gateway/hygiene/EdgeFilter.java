package io.darvoza.gateway.hygiene;

import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Around everything: each answer carries the request's id and the security headers, and is in the access log. */
@Component
final class EdgeFilter implements WebFilter, Ordered {

    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private final AccessLog accessLog;
    private final SecurityHeaders securityHeaders;
    private final PublicAddress address;

    EdgeFilter(AccessLog accessLog, SecurityHeaders securityHeaders, PublicAddress address) {
        this.accessLog = accessLog;
        this.securityHeaders = securityHeaders;
        this.address = address;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().set(RequestId.HEADER, RequestId.of(exchange.getRequest()));
        response.beforeCommit(() -> {
            securityHeaders.completeIn(response.getHeaders());
            return Mono.empty();
        });
        URI elsewhere = address.insteadOfLocalhost(exchange.getRequest());
        if (elsewhere != null) {
            response.setStatusCode(HttpStatus.TEMPORARY_REDIRECT);
            response.getHeaders().setLocation(elsewhere);
            return response.setComplete();
        }
        long start = System.nanoTime();
        return chain.filter(exchange)
                .doFinally(end -> accessLog.write(exchange, System.nanoTime() - start, end == SignalType.CANCEL));
    }
}
