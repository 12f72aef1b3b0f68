package io.darvoza.common.client;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients to other systems; replaced by a bean of {@link OutsideClients}. */
@AutoConfiguration(after = WebClientAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(OutsideClientProperties.class)
public final class OutsideClientsAutoConfiguration {

    /** The breakers are Resilience4j's registry where the application has one, so that they are measured with the others. */
    @Bean
    @ConditionalOnMissingBean
    OutsideClients outsideClients(
            OutsideClientProperties properties,
            ObjectProvider<WebClient.Builder> builders,
            ObjectProvider<CircuitBreakerRegistry> breakers) {
        return new OutsideClients(properties, builders, breakers.getIfUnique(CircuitBreakerRegistry::ofDefaults));
    }
}
