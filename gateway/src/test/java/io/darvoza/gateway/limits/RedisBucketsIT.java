package io.darvoza.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.redis.TestRedis;
import io.darvoza.common.test.infrastructure.RedisAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real Redis that goes away and comes back, and one that takes connections and says nothing. */
class RedisBucketsIT {

    private static final Limit SLOW = new Limit("slow", 1, 50);
    private static final RestartableServer<RedisAccess> SERVER = RestartableServer.redis();
    private static final TestRedis REDIS = new TestRedis(SERVER.access());

    private final String key = UUID.randomUUID().toString();

    @AfterAll
    static void end() {
        REDIS.close();
        SERVER.close();
    }

    @BeforeEach
    void start() {
        SERVER.start();
    }

    @Test
    void givesAllGatewaysTogetherNoMoreThanTheBurst() {
        Limits first = gateway(REDIS, Duration.ofSeconds(2));
        Limits second = gateway(REDIS, Duration.ofSeconds(2));

        assertThat(allowed(first, 40) + allowed(second, 40)).isBetween(50, 52);
    }

    @Test
    void keepsNoKeyForeverAndNoCapabilityInTheClear() {
        allowed(gateway(REDIS, Duration.ofSeconds(2)), 1);

        var keys = REDIS.commands().keys("limit:slow:*");
        assertThat(keys).isNotEmpty().noneMatch(name -> name.contains(key));
        assertThat(keys)
                .allSatisfy(name -> assertThat(REDIS.commands().pttl(name)).isBetween(1L, 60_000L));
    }

    @Test
    void keepsTheLimitAloneWhileRedisIsAwayAndSharesAgainAfterwards() {
        Limits gateway = gateway(REDIS, Duration.ofMillis(500));
        assertThat(allowed(gateway, 20)).isEqualTo(20);
        SERVER.stop();
        long start = System.nanoTime();

        assertThat(allowed(gateway, 100)).isBetween(29, 33);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

        SERVER.start();
        RedisBuckets buckets = buckets(REDIS, Duration.ofMillis(500));
        for (int i = 0; i < 100 && buckets.lease(SLOW, key).block() == null; i++) {
            pause();
        }
        assertThat(buckets.isReachable()).isTrue();
    }

    @Test
    void waitsForARedisThatHangsOnlyOnceInAWhile() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestRedis hanging = new TestRedis(new RedisAccess("127.0.0.1", silent.getLocalPort(), "x"))) {
            Limits gateway = new Limits(
                    buckets(hanging, Duration.ofMillis(100), Duration.ofMinutes(1)),
                    1000,
                    Duration.ofSeconds(60),
                    System::nanoTime);
            allowed(gateway, 1);
            long start = System.nanoTime();

            assertThat(allowed(gateway, 49)).isBetween(49, 50);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        }
    }

    private Limits gateway(TestRedis redis, Duration timeout) {
        return new Limits(buckets(redis, timeout), 1000, Duration.ofSeconds(60), System::nanoTime);
    }

    private static RedisBuckets buckets(TestRedis redis, Duration timeout) {
        return buckets(redis, timeout, Duration.ofMillis(200));
    }

    private static RedisBuckets buckets(TestRedis redis, Duration timeout, Duration pause) {
        return new RedisBuckets(redis.connections(), timeout, pause, System::nanoTime);
    }

    private int allowed(Limits limits, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(_ ->
                        Objects.requireNonNull(limits.take(SLOW, key).block()).allowed())
                .count();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
