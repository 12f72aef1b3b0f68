package io.darvoza.common.event;

import io.darvoza.common.id.IdAutoConfiguration;
import io.darvoza.common.id.TimeOrderedIds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.ExponentialBackOffWithMaxRetries;
import org.springframework.kafka.support.converter.RecordMessageConverter;

/**
 * Events and their listeners: topics are made, a listener may take a {@link SuiteEvent}, a record that fails is tried again a
 * bounded number of times and then kept in the dead-letter topic. Each bean gives way to one of the same type.
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class, after = IdAutoConfiguration.class)
@EnableConfigurationProperties(EventProperties.class)
public final class EventAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SuiteEvents suiteEvents(Environment environment, TimeOrderedIds ids, Clock clock, ObjectProvider<Tracer> tracer) {
        String source = "/" + environment.getRequiredProperty("spring.application.name");
        return new SuiteEvents(source, ids, clock, tracer.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    Topics topics(KafkaAdmin admin, EventProperties properties) {
        // Else the admin itself tries once while the context starts, and holds it up when the broker is away.
        admin.setAutoCreate(false);
        return new Topics(admin, properties);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordMessageConverter suiteEventConverter() {
        return new SuiteEventConverter();
    }

    @Bean
    @ConditionalOnMissingBean
    CommonErrorHandler listenerErrorHandler(
            ObjectProvider<ProducerFactory<Object, Object>> producers,
            EventProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        var pauses = new ExponentialBackOffWithMaxRetries(properties.retry().retries());
        pauses.setInitialInterval(properties.retry().first().toMillis());
        pauses.setMaxInterval(properties.retry().max().toMillis());
        var deadLetters = new DeadLetterPublishingRecoverer(new KafkaTemplate<>(producers.getObject()));
        deadLetters.excludeHeader(HeadersToAdd.EX_STACKTRACE);
        deadLetters.setHeadersFunction((_, fault) -> DeadLetterHeaders.of(fault));
        var handler = new DefaultErrorHandler(deadLetters, pauses);
        handler.setRetryListeners(new DeliveryMeters(meters.getIfAvailable(SimpleMeterRegistry::new)));
        return handler;
    }
}
