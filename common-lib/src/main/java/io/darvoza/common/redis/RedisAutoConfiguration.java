package io.darvoza.common.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Redis, for a service that brings Lettuce; each bean gives way to one of the same type, those of Spring Data included. */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisClient.class)
@EnableConfigurationProperties({RedisProperties.class, CacheProperties.class})
public final class RedisAutoConfiguration {

    private static final int THREADS = 2;

    @Bean(destroyMethod = "shutdown")
    @ConditionalOnMissingBean
    ClientResources redisClientResources() {
        return DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    RedisConnections redisConnections(RedisProperties redis, ClientResources resources) {
        return new RedisConnections(redis, resources);
    }

    @Bean
    @ConditionalOnMissingBean
    RedisCache redisCache(RedisConnections redis, CacheProperties properties, MeterRegistry meters) {
        return new RedisCache(redis, properties, meters, System::nanoTime);
    }
}
