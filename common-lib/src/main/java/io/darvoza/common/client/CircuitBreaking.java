package io.darvoza.common.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/** Refuses calls while too many of the last ones failed. An answer, whatever its status says about the request, is no failure. */
final class CircuitBreaking implements ExchangeFilterFunction {

    private final CircuitBreaker breaker;

    CircuitBreaking(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return next.exchange(request).transformDeferred(CircuitBreakerOperator.of(breaker));
    }
}
