package io.darvoza.gateway.session;

import io.darvoza.gateway.token.TokenProperties;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.session.data.redis.config.annotation.SpringSessionRedisConnectionFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets one gateway at a time renew the tokens of a session. Held in Redis for as long as a renewal can take at
 * most, so that nobody begins a second one meanwhile, and a gateway that dies with it holds nobody up for long.
 */
@Component
final class RefreshLock {

    /** For the session store, asked before and after Keycloak. */
    private static final Duration SPARE = Duration.ofSeconds(4);

    /** Ours only: after the longest time somebody else may hold it. */
    private static final RedisScript<Long> RELEASE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end",
            Long.class);

    record Lease(String key, String holder) {}

    private final ReactiveStringRedisTemplate redis;
    private final Duration longest;

    RefreshLock(@SpringSessionRedisConnectionFactory ReactiveRedisConnectionFactory redis, TokenProperties keycloak) {
        this.redis = new ReactiveStringRedisTemplate(redis);
        this.longest =
                keycloak.connectTimeout().plus(keycloak.responseTimeout()).plus(SPARE);
    }

    /** The lease, or empty when somebody else holds it. */
    Mono<Lease> take(String sessionId) {
        Lease lease =
                new Lease("gateway:refresh:" + sessionId, UUID.randomUUID().toString());
        return redis.opsForValue()
                .setIfAbsent(lease.key(), lease.holder(), longest)
                .filter(Boolean::booleanValue)
                .map(_ -> lease);
    }

    Mono<Void> release(Lease lease) {
        return redis.execute(RELEASE, List.of(lease.key()), List.of(lease.holder()))
                .then();
    }
}
