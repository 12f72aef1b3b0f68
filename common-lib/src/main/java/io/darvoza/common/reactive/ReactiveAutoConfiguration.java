package io.darvoza.common.reactive;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The runner of detached work; replaced by a bean of {@link Detached}. */
@AutoConfiguration
@EnableConfigurationProperties(DetachedProperties.class)
public final class ReactiveAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Detached detached(DetachedProperties properties, ObjectProvider<MeterRegistry> meters) {
        return new Detached(properties, meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
