package io.darvoza.common.health;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** The health of the broker as {@code broker}, part of readiness where the service speaks to Kafka. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(KafkaAdmin.class)
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BrokerHealthIndicator brokerHealthIndicator(KafkaAdmin kafka, HealthProperties properties) {
        return new BrokerHealthIndicator(kafka.getConfigurationProperties(), properties.brokerTimeout());
    }
}
