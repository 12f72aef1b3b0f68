package io.darvoza.common.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;

class LimitedPropagationTests {

    private static final String KEY = "what a request carries";
    private static final ThreadLocal<@Nullable String> ON_THREAD = new ThreadLocal<>();

    private final ContextRegistry registry = ContextRegistry.getInstance();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LimitedPropagationAutoConfiguration.class));

    @BeforeEach
    void carry() {
        registry.registerThreadLocalAccessor(KEY, ON_THREAD);
    }

    /** The registry is the JVM's, and other tests need what was there. */
    @AfterEach
    void asItWas() {
        registry.loadThreadLocalAccessors().removeThreadLocalAccessor(KEY);
    }

    @Test
    void limitedMeansThatNothingOfTheRequestIsOnTheThread() {
        application
                .withPropertyValues("spring.reactor.context-propagation=limited")
                .run(_ -> assertThat(seen()).containsExactly("nothing"));

        assertThat(registry.getThreadLocalAccessors()).isEmpty();
    }

    @Test
    void otherwiseReactorCarriesItAsItDoes() {
        application
                .withPropertyValues("spring.reactor.context-propagation=auto")
                .run(_ -> assertThat(seen()).containsExactly("it"));

        assertThat(registry.getThreadLocalAccessors()).hasAtLeastOneElementOfType(ObservationThreadLocalAccessor.class);
    }

    private static List<String> seen() {
        var seen = new ArrayList<String>();
        Flux.just(1)
                .<Integer>handle((_, _) -> seen.add(ON_THREAD.get() == null ? "nothing" : "it"))
                .contextWrite(context -> context.put(KEY, "it"))
                .blockLast();
        return seen;
    }
}
