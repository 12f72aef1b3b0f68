package io.darvoza.gateway.limits;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

    static Limit limit(String name, LimitProperties.Quota quota) {
        return new Limit(name, quota.rate(), quota.burst());
    }

    /** A client of its own: commands fail at once while there is no connection, where other users of Redis may wait. */
    @Bean
    RedisBuckets sharedBuckets(
            DataRedisConnectionDetails redis,
            DataRedisProperties settings,
            ClientResources resources,
            LimitProperties properties,
            MeterRegistry meters) {
        RedisClient client = RedisClient.create(resources
                .mutate()
                .reconnectDelay(Delay.constant(properties.redisPause()))
                .build());
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .build())
                .build());
        RedisBuckets buckets = new RedisBuckets(
                client, uri(redis, settings), properties.redisTimeout(), properties.redisPause(), System::nanoTime);
        Gauge.builder("darvoza.limits.shared", buckets, it -> it.isReachable() ? 1 : 0)
                .description("1 while all gateways share the limits, 0 while this one keeps them alone")
                .register(meters);
        return buckets;
    }

    private static RedisURI uri(DataRedisConnectionDetails redis, DataRedisProperties settings) {
        DataRedisConnectionDetails.Standalone server = redis.getStandalone();
        if (server == null) {
            throw new IllegalStateException("the limits need the address of one Redis: spring.data.redis.host");
        }
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(server.getHost())
                .withPort(server.getPort())
                .withDatabase(server.getDatabase())
                .withSsl(settings.getSsl().isEnabled());
        String password = redis.getPassword();
        if (password != null && !password.isEmpty()) {
            String username = redis.getUsername();
            return username == null
                    ? uri.withPassword(password.toCharArray()).build()
                    : uri.withAuthentication(username, password.toCharArray()).build();
        }
        return uri.build();
    }

    @Bean
    Limits limits(SharedBuckets shared, LimitProperties properties) {
        return new Limits(shared, properties.maxKeys(), properties.keepKeys(), System::nanoTime);
    }

    @Bean
    LimitRules limitRules(LimitProperties properties) {
        return new LimitRules(properties.rules(), properties.exempt());
    }

    @Bean
    RequestLimits requestLimits(Limits limits, LimitRules rules, MeterRegistry meters) {
        return new RequestLimits(limits, rules, meters);
    }

    @Bean
    AddressLimitFilter addressLimitFilter(
            RequestLimits requests, Limits limits, LimitRules rules, LimitProperties properties) {
        return new AddressLimitFilter(requests, limits, rules, properties);
    }

    @Bean
    PrincipalLimitFilter principalLimitFilter(RequestLimits requests, LimitProperties properties) {
        return new PrincipalLimitFilter(requests, properties);
    }
}
