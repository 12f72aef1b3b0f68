package io.darvoza.gateway.landing;

import io.darvoza.gateway.routing.RoutingProperties;
import java.util.List;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which services of the routing table are in the registry, as this gateway last heard from it. */
@Component
final class ServiceHealth {

    private final ReactiveDiscoveryClient registry;
    private final List<String> names;

    ServiceHealth(ReactiveDiscoveryClient registry, RoutingProperties routing) {
        this.registry = registry;
        this.names = routing.services().values().stream()
                .filter(service -> "lb".equals(service.uri().getScheme()))
                .map(service -> service.uri().getHost())
                .sorted()
                .toList();
    }

    /**
     * One service, for the page.
     *
     * @param up whether at least one instance is registered
     */
    public record Service(String name, boolean up) {}

    Flux<Service> services() {
        return Flux.fromIterable(names).concatMap(this::service);
    }

    private Mono<Service> service(String name) {
        return registry.getInstances(name).hasElements().map(up -> new Service(name, up));
    }
}
