package io.darvoza.gateway.events;

import io.darvoza.common.redis.RedisConnections;
import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventsProperties.class)
class EventsConfiguration {

    @Bean
    String[] ownedEventTopics(EventsProperties properties) {
        return properties.topics().toArray(String[]::new);
    }

    @Bean
    EventStreams eventStreams(RedisConnections redis, EventsProperties properties, Clock clock) {
        return new RedisEventStreams(redis, properties, clock);
    }

    @Bean
    OwnEvents ownEvents(EventStreams streams, EventsProperties properties) {
        return new OwnEvents(streams, new Pokes(streams, properties.poll()));
    }

    @Bean
    OpenStreams openStreams(EventsProperties properties, MeterRegistry meters) {
        return new OpenStreams(properties, meters);
    }

    @Bean
    OwnedEventListener ownedEventListener(EventStreams streams, EventsProperties properties, MeterRegistry meters) {
        return new OwnedEventListener(streams, properties, meters);
    }

    /** No event is given up while Redis is away: the dead-letter topic is for events that can never be stored. */
    @Bean
    SmartInitializingSingleton eventsWaitForRedis(CommonErrorHandler handler, EventsProperties properties) {
        BackOff untilRedisIsBack = new FixedBackOff(properties.retry().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS);
        return () -> {
            if (handler instanceof DefaultErrorHandler retrying) {
                retrying.setBackOffFunction((_, fault) -> isRedisAway(fault) ? untilRedisIsBack : null);
            }
        };
    }

    private static boolean isRedisAway(@Nullable Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
