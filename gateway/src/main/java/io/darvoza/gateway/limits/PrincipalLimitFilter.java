package io.darvoza.gateway.limits;

import io.darvoza.gateway.RequestPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits by person or program, after authentication, and keeps the {@link RequestPrincipal} for those that follow. A
 * request whose cookies turned out to be nobody's counts for its address.
 */
final class PrincipalLimitFilter implements WebFilter, Ordered {

    /** Right after Spring Security's chains (−100). */
    static final int ORDER = -95;

    private final RequestLimits requests;
    private final Limit byPrincipal;
    private final Limit byAddress;

    PrincipalLimitFilter(RequestLimits requests, LimitProperties properties) {
        this.requests = requests;
        this.byPrincipal = LimitConfiguration.limit("principal", properties.principal());
        this.byAddress = LimitConfiguration.limit("address", properties.address());
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getAttribute(AddressLimitFilter.COUNTED) != null) {
            return chain.filter(exchange);
        }
        exchange.getAttributes().put(AddressLimitFilter.COUNTED, true);
        return principal().flatMap(principal -> filter(exchange, chain, principal.orElse(null)));
    }

    private static Mono<Optional<RequestPrincipal>> principal() {
        return ReactiveSecurityContextHolder.getContext()
                .map(PrincipalLimitFilter::principal)
                .defaultIfEmpty(Optional.empty());
    }

    private static Optional<RequestPrincipal> principal(SecurityContext context) {
        return Optional.ofNullable(RequestPrincipal.of(context.getAuthentication()));
    }

    private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, @Nullable RequestPrincipal principal) {
        if (principal == null) {
            return requests.filter(exchange, chain, byAddress, ClientAddress.keyOf(exchange.getRequest()));
        }
        principal.keepIn(exchange);
        return requests.filter(exchange, chain, byPrincipal, principal.key());
    }
}
