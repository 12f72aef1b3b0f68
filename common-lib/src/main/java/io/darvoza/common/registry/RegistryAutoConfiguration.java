package io.darvoza.common.registry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaRegistration;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaServiceRegistry;
import org.springframework.context.annotation.Bean;

/** Orderly leaving of Eureka, where the service is registered with one. */
@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
@ConditionalOnBean({EurekaServiceRegistry.class, EurekaRegistration.class})
@EnableConfigurationProperties(RegistryProperties.class)
public final class RegistryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LeaveRegistryFirst leaveRegistryFirst(
            EurekaServiceRegistry registry, EurekaRegistration registration, RegistryProperties properties) {
        return LeaveRegistryFirst.of(registry, registration, properties);
    }
}
