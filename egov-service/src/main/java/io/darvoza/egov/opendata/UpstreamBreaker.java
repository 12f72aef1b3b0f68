package io.darvoza.egov.opendata;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Leaves an ill upstream alone. Counts what the adapter calls a failure: an HTML page with status 200 is one, a refused key is none. */
@Component
public final class UpstreamBreaker {

    private static final int TRIES_WHEN_HALF_OPEN = 3;

    private final CircuitBreaker guard;
    private final Duration openFor;

    UpstreamBreaker(OpenDataProperties properties, CircuitBreakerRegistry breakers) {
        OpenDataProperties.Breaker settings = properties.breaker();
        openFor = settings.openFor();
        guard = breakers.circuitBreaker(
                "egov-" + OpenDataProvider.NAME,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls(settings.window() / 2)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(TRIES_WHEN_HALF_OPEN)
                        .build());
    }

    /** closed, open or half_open. */
    public String state() {
        return guard.getState().name().toLowerCase(Locale.ROOT);
    }

    CircuitBreaker guard() {
        return guard;
    }

    Duration openFor() {
        return openFor;
    }
}
