package io.darvoza.gateway.routing;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.gateway.fallback.UpstreamFailures;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;
import reactor.netty.channel.AbortedException;

/**
 * One breaker per service. Spring Cloud Gateway's own filter is not used: with a fallback it keeps request bodies in
 * memory, and it hides a service's own 503.
 */
@Component
final class ServiceBreakers {

    private final CircuitBreakerRegistry breakers;

    ServiceBreakers(RoutingProperties properties, MeterRegistry meters) {
        this.breakers = CircuitBreakerRegistry.of(config(properties.breaker()));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    private static CircuitBreakerConfig config(RoutingProperties.Breaker properties) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(properties.window())
                .minimumNumberOfCalls(properties.leastCalls())
                .failureRateThreshold(properties.failurePercent())
                .waitDurationInOpenState(properties.openFor())
                .permittedNumberOfCallsInHalfOpenState(properties.trials())
                .ignoreException(ServiceBreakers::isCallersFault)
                .build();
    }

    private static boolean isCallersFault(Throwable fault) {
        return fault instanceof AbortedException
                || (fault instanceof ProblemException problem
                        && problem.type().status().is4xxClientError());
    }

    /** Around everything up to the head of the answer; faults leave it as problems. */
    GatewayFilter of(String service) {
        CircuitBreaker breaker = breakers.circuitBreaker(service);
        return (exchange, chain) -> chain.filter(exchange)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(UpstreamFailures::problemOf);
    }
}
