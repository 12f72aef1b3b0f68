package io.darvoza.egov.apilog;

import io.darvoza.common.security.Caller;
import io.darvoza.common.tracing.RequestTrace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
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

    private final ApiLog log;

    LoggedCalls(ApiLog log) {
        this.log = log;
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
                    exchange.getResponse()
                            .beforeCommit(() -> kept(exchange, call(exchange, start, caller.orElse(null))));
                    return chain.filter(exchange);
                });
    }

    /** An answer that the service is out of order, may be for want of its database, goes out all the same. */
    private Mono<Void> kept(ServerWebExchange exchange, ApiCall call) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        Mono<Void> written = log.write(call);
        return status != null && status.is5xxServerError() ? written.onErrorComplete() : written;
    }

    private static ApiCall call(ServerWebExchange exchange, long start, @Nullable Caller caller) {
        ServerHttpRequest request = exchange.getRequest();
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        CallNote note = CallNote.of(exchange);
        return new ApiCall(
                ApiCall.Direction.IN,
                request.getMethod().name(),
                endpoint(exchange),
                note.number(),
                status == null ? 200 : status.value(),
                Duration.ofNanos(System.nanoTime() - start),
                null,
                note.verificationId(),
                null,
                RequestTrace.id(exchange),
                caller == null ? null : caller.principalKey(),
                addressOf(request),
                request.getHeaders().getFirst(HttpHeaders.USER_AGENT),
                note.error());
    }

    /** The operation's template; a path that is none may hold anything, a number too. */
    private static String endpoint(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "unknown" : pattern.toString();
    }

    /** The caller's address as the gateway saw it, which lets nobody else say so; else the connection's. */
    private static @Nullable String addressOf(ServerHttpRequest request) {
        String forwarded = request.getHeaders().getFirst("X-Forwarded-For");
        if (forwarded != null) {
            return forwarded.split(",", 2)[0].strip();
        }
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress().getHostAddress();
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
