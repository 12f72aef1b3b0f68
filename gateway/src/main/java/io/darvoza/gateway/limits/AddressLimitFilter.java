package io.darvoza.gateway.limits;

import io.darvoza.gateway.RequestPrincipal;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits by address, before authentication.
 *
 * <p>A request without credentials takes a token of its address at once. One with credentials is let through to
 * {@link PrincipalLimitFilter}, since many good callers may share an address; when authentication ends it, it takes a token
 * of the address's limit for refused credentials, and while that is used up, requests with credentials from there are
 * refused unseen. Guessing tokens costs this gateway no more than that.
 */
final class AddressLimitFilter implements WebFilter, Ordered {

    /** Before Spring Security's chains (−100). */
    static final int ORDER = -105;

    /** Says that a request has been counted, or need not be. */
    static final String COUNTED = AddressLimitFilter.class.getName();

    private final RequestLimits requests;
    private final Limits limits;
    private final LimitRules rules;
    private final Limit byAddress;
    private final Limit refused;

    AddressLimitFilter(RequestLimits requests, Limits limits, LimitRules rules, LimitProperties properties) {
        this.requests = requests;
        this.limits = limits;
        this.rules = rules;
        this.byAddress = LimitConfiguration.limit("address", properties.address());
        this.refused = LimitConfiguration.limit("refused-credentials", properties.refused());
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (rules.isExempt(exchange.getRequest())) {
            exchange.getAttributes().put(COUNTED, true);
            return chain.filter(exchange);
        }
        String address = ClientAddress.keyOf(exchange.getRequest());
        if (!hasCredentials(exchange.getRequest().getHeaders())) {
            exchange.getAttributes().put(COUNTED, true);
            return requests.filter(exchange, chain, byAddress, address);
        }
        if (limits.isKnownEmpty(refused, address)) {
            return requests.refuse(Verdict.refused(refused, refused.nanosPerToken()));
        }
        return chain.filter(exchange)
                .onErrorResume(fault -> settle(exchange, address).then(Mono.error(fault)))
                .then(Mono.defer(() -> settle(exchange, address)));
    }

    /** A cookie may be a session's. Whether credentials are good is not known here. */
    private static boolean hasCredentials(HttpHeaders headers) {
        return headers.containsHeader(HttpHeaders.AUTHORIZATION) || headers.containsHeader(HttpHeaders.COOKIE);
    }

    private Mono<Void> settle(ServerWebExchange exchange, String address) {
        boolean endedByAuthentication = exchange.getAttribute(COUNTED) == null && RequestPrincipal.of(exchange) == null;
        return endedByAuthentication ? limits.take(refused, address).then() : Mono.empty();
    }
}
