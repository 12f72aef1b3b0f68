package io.darvoza.common.deadletter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The endpoint {@code deadletters}, for a service with listeners; gone when it is not exposed. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(KafkaListenerEndpointRegistry.class)
@ConditionalOnAvailableEndpoint(endpoint = DeadLettersEndpoint.class)
@EnableConfigurationProperties(DeadLetterProperties.class)
public final class DeadLetterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DeadLettersEndpoint deadLettersEndpoint(
            ConsumerFactory<?, ?> consumers,
            ProducerFactory<?, ?> producers,
            DeadLetterProperties properties,
            ObjectProvider<KafkaListenerEndpointRegistry> listeners) {
        var letters = new DeadLetters(
                consumers.getConfigurationProperties(), producers.getConfigurationProperties(), properties);
        return new DeadLettersEndpoint(letters, listeners::getObject);
    }
}
