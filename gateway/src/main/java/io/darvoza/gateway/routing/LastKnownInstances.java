package io.darvoza.gateway.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * What the registry says of a service, and for a while what it said before it knew of none: a registry that was away comes back
 * empty, and the services take a few seconds to register again. If they are gone in truth, a connection is refused instead.
 */
final class LastKnownInstances extends DelegatingServiceInstanceListSupplier {

    private record Seen(List<ServiceInstance> instances, Instant at) {}

    private final Duration keep;
    private final Clock clock;
    private volatile Seen seen = new Seen(List.of(), Instant.EPOCH);

    LastKnownInstances(ServiceInstanceListSupplier registry, Duration keep, Clock clock) {
        super(registry);
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return delegate.get().map(this::orLastKnown);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Flux<List<ServiceInstance>> get(Request request) {
        return delegate.get(request).map(this::orLastKnown);
    }

    private List<ServiceInstance> orLastKnown(List<ServiceInstance> now) {
        if (!now.isEmpty()) {
            seen = new Seen(now, clock.instant());
            return now;
        }
        Seen last = seen;
        return last.at().plus(keep).isBefore(clock.instant()) ? now : last.instances();
    }
}
