package io.darvoza.gateway.routing;

import java.time.Clock;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Read once per service, in a context of its own; so no configuration of the application itself. */
class InstancesOfOneService {

    @Bean
    ServiceInstanceListSupplier instances(
            ConfigurableApplicationContext context, RoutingProperties properties, Clock clock) {
        return ServiceInstanceListSupplier.builder()
                .withDiscoveryClient()
                .with((_, registry) -> new LastKnownInstances(registry, properties.keepInstances(), clock))
                .build(context);
    }
}
