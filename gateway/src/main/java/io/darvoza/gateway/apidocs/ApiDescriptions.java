package io.darvoza.gateway.apidocs;

import io.darvoza.gateway.GatewayProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The OpenAPI descriptions of the services. Each is asked of its service at most once per refresh; while a service is away,
 * what it last said is shown, so that its documents stay readable.
 */
final class ApiDescriptions {

    private static final Logger log = LoggerFactory.getLogger(ApiDescriptions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private record Known(String json, Instant at) {}

    private final List<String> services;
    private final Duration refresh;
    private final Function<String, Mono<String>> fetch;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param fetch asks a service for its description; an error or nothing when it does not give one */
    ApiDescriptions(List<String> services, Duration refresh, Function<String, Mono<String>> fetch, Clock clock) {
        this.services = List.copyOf(services);
        this.refresh = refresh;
        this.fetch = fetch;
        this.clock = clock;
    }

    /** The services that are asked. */
    List<String> services() {
        return services;
    }

    /** Raises {@link GatewayProblem#API_DESCRIPTION_UNAVAILABLE} for a service that this gateway has not seen running. */
    Mono<String> of(String service) {
        Known last = known.get(service);
        if (last != null && clock.instant().isBefore(last.at().plus(refresh))) {
            return Mono.just(last.json());
        }
        return fetch.apply(service)
                .doOnNext(json -> known.put(service, new Known(json, clock.instant())))
                .onErrorResume(fault -> {
                    log.info("{} does not give its API description: {}", service, fault.toString());
                    return Mono.empty();
                })
                .switchIfEmpty(Mono.defer(() -> lastOf(service)));
    }

    private Mono<String> lastOf(String service) {
        Known last = known.get(service);
        return last == null
                ? Mono.error(
                        GatewayProblem.API_DESCRIPTION_UNAVAILABLE.exception().retryAfter(RETRY_AFTER))
                : Mono.just(last.json());
    }
}
