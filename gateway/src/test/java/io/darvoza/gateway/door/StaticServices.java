package io.darvoza.gateway.door;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** A registry whose entries the test writes itself. */
final class StaticServices implements ReactiveDiscoveryClient {

    private final Map<String, int[]> ports = new ConcurrentHashMap<>();

    /** From now on these are the instances of the service. */
    void put(String service, int... instances) {
        ports.put(service, instances);
    }

    @Override
    public String description() {
        return "static";
    }

    @Override
    public Flux<ServiceInstance> getInstances(String service) {
        return Flux.defer(() -> Flux.fromIterable(instances(service)));
    }

    private List<ServiceInstance> instances(String service) {
        int[] known = ports.getOrDefault(service, new int[0]);
        return IntStream.range(0, known.length)
                .<ServiceInstance>mapToObj(
                        i -> new DefaultServiceInstance(service + i, service, "127.0.0.1", known[i], false))
                .toList();
    }

    @Override
    public Flux<String> getServices() {
        return Flux.fromIterable(ports.keySet());
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        StaticServices staticServices() {
            return new StaticServices();
        }
    }
}
