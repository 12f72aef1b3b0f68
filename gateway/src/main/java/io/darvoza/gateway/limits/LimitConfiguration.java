package io.darvoza.gateway.limits;

import io.darvoza.common.redis.RedisConnections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

    static Limit limit(String name, LimitProperties.Quota quota) {
        return new Limit(name, quota.rate(), quota.burst());
    }

    @Bean
    RedisBuckets sharedBuckets(RedisConnections redis, LimitProperties properties, MeterRegistry meters) {
        RedisBuckets buckets =
                new RedisBuckets(redis, properties.redisTimeout(), properties.redisPause(), System::nanoTime);
        Gauge.builder("darvoza.limits.shared", buckets, it -> it.isReachable() ? 1 : 0)
                .description("1 while all gateways share the limits, 0 while this one keeps them alone")
                .register(meters);
        return buckets;
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
