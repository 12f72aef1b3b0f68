package io.darvoza.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

class LastKnownInstancesTests {

    private static final List<ServiceInstance> ONE =
            List.of(new DefaultServiceInstance("1", "service", "127.0.0.1", 1, false));
    private static final List<ServiceInstance> ANOTHER =
            List.of(new DefaultServiceInstance("2", "service", "127.0.0.1", 2, false));

    private List<ServiceInstance> registry = List.of();
    private final TestClock clock = TestClock.atNow();

    private final LastKnownInstances instances = new LastKnownInstances(new Registry(), Duration.ofSeconds(60), clock);

    @Test
    void believesInTheLastOnesForAWhileWhenTheRegistryKnowsOfNone() {
        assertThat(after(0, ONE)).isEqualTo(ONE);
        assertThat(after(10, List.of())).isEqualTo(ONE);
        assertThat(after(49, List.of())).isEqualTo(ONE);
        assertThat(after(2, List.of())).isEmpty();
    }

    @Test
    void believesTheRegistryWhenItKnowsOfOthers() {
        assertThat(after(0, ONE)).isEqualTo(ONE);
        assertThat(after(1, ANOTHER)).isEqualTo(ANOTHER);
        assertThat(after(1, List.of())).isEqualTo(ANOTHER);
    }

    @Test
    void knowsOfNobodyWhomTheRegistryNeverNamed() {
        assertThat(after(0, List.of())).isEmpty();
    }

    private List<ServiceInstance> after(int seconds, List<ServiceInstance> said) {
        clock.advance(Duration.ofSeconds(seconds));
        registry = said;
        return instances.get().blockFirst();
    }

    private final class Registry implements ServiceInstanceListSupplier {

        @Override
        public String getServiceId() {
            return "service";
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return Flux.defer(() -> Flux.just(registry));
        }
    }
}
