package io.darvoza.common.tracing;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * With {@code spring.reactor.context-propagation: limited} nothing of a request is put on threads at all. Without this, Reactor
 * still puts it there and takes it away again around each signal of the operators {@code handle} and {@code tap}, which the
 * database's driver uses for every message of every statement, though nobody looks at it: see {@link RequestTrace}.
 *
 * <p>It holds for the whole JVM, and for what is on the class path when the application starts.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "spring.reactor.context-propagation", havingValue = "limited")
public final class LimitedPropagationAutoConfiguration {

    @Bean
    InitializingBean nothingOnThreads() {
        return () -> forgetAll(ContextRegistry.getInstance());
    }

    static void forgetAll(ContextRegistry registry) {
        List.copyOf(registry.getThreadLocalAccessors()).stream()
                .map(ThreadLocalAccessor::key)
                .forEach(registry::removeThreadLocalAccessor);
    }
}
