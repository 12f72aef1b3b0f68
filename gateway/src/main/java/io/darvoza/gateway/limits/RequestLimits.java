package io.darvoza.gateway.limits;

import io.darvoza.gateway.GatewayProblem;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request pass when the limit of its caller and the rule of its path both have a token, and says in
 * {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-11) what is left.
 */
final class RequestLimits {

    private static final String POLICY = "RateLimit-Policy";
    private static final String STATE = "RateLimit";

    private final Limits limits;
    private final LimitRules rules;
    private final MeterRegistry meters;

    RequestLimits(Limits limits, LimitRules rules, MeterRegistry meters) {
        this.limits = limits;
        this.rules = rules;
        this.meters = meters;
    }

    Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, Limit callers, String key) {
        return limits.take(callers, key).flatMap(verdict -> {
            tell(exchange, verdict);
            return verdict.allowed() ? byRule(exchange, chain) : refuse(verdict);
        });
    }

    private Mono<Void> byRule(ServerWebExchange exchange, WebFilterChain chain) {
        LimitRules.@Nullable Applied rule = rules.ruleFor(exchange.getRequest());
        if (rule == null) {
            return chain.filter(exchange);
        }
        if (rule.key() != null) {
            return byRule(exchange, chain, rule.limit(), rule.key());
        }
        String address = ClientAddress.keyOf(exchange.getRequest());
        return TokenClient.of(exchange)
                .flatMap(named -> byRule(named.exchange(), chain, rule.limit(), named.clientId() + "@" + address));
    }

    private Mono<Void> byRule(ServerWebExchange exchange, WebFilterChain chain, Limit limit, String key) {
        return limits.take(limit, key).flatMap(verdict -> {
            tell(exchange, verdict);
            return verdict.allowed() ? chain.filter(exchange) : refuse(verdict);
        });
    }

    private static void tell(ServerWebExchange exchange, Verdict verdict) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        append(headers, POLICY, verdict.limit().policy());
        append(headers, STATE, verdict.header());
    }

    private static void append(HttpHeaders headers, String name, String item) {
        String before = headers.getFirst(name);
        headers.set(name, before == null ? item : before + ", " + item);
    }

    Mono<Void> refuse(Verdict verdict) {
        meters.counter("darvoza.limits.refused", "limit", verdict.limit().name())
                .increment();
        return Mono.error(GatewayProblem.RATE_LIMIT_EXCEEDED
                .exception(verdict.limit().name())
                .retryAfter(verdict.retryAfter()));
    }
}
