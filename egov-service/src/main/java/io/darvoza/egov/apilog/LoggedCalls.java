package io.darvoza.egov.apilog;

import io.darvoza.common.security.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Logs every call that asks for a verification and got past security: no answer leaves before its row is kept. Who is refused there
 * leaves no row, or anybody could fill the table.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class LoggedCalls implements WebFilter {

    private static final List<PathPattern> PATHS = List.of(
            pattern("/egov/ajax/verify-iin"),
            pattern("/egov/ajax/verify-iin/"),
            pattern("/egov/ajax/verify-passport"),
            pattern("/egov/ajax/verify-passport/"),
            pattern("/v1/egov/ajax/{*rest}"),
            pattern("/v1/egov/verify/{*rest}"));

    private final InboundCalls calls;

    LoggedCalls(InboundCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        boolean asks = exchange.getRequest().getMethod() == HttpMethod.POST
                && PATHS.stream().anyMatch(pattern -> pattern.matches(path));
        if (!asks) {
            return chain.filter(exchange);
        }
        long start = System.nanoTime();
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(Caller::of)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(caller -> {
                    CallNote.of(exchange).opened(start, caller.orElse(null));
                    exchange.getResponse().beforeCommit(() -> kept(exchange));
                    return chain.filter(exchange);
                });
    }

    /** An answer that the service is out of order, may be for want of its database, goes out all the same. */
    private Mono<Void> kept(ServerWebExchange exchange) {
        HttpStatusCode answered = exchange.getResponse().getStatusCode();
        int status = answered == null ? 200 : answered.value();
        if (CallNote.of(exchange).isLogged(status)) {
            return Mono.empty();
        }
        Mono<Void> written = calls.write(exchange, status);
        return status >= 500 ? written.onErrorComplete() : written;
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
