package io.darvoza.common.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.infrastructure.RedisAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real Redis that goes away and comes back, that stops in the middle, and one that takes connections and says nothing. */
class RedisCacheIT {

    private static final Duration KEEP = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final RestartableServer<RedisAccess> SERVER = RestartableServer.redis();
    private static final TestRedis REDIS = new TestRedis(SERVER.access());

    private final AtomicLong nanos = new AtomicLong();
    private final String key = UUID.randomUUID().toString();
    private final Paper paper = new Paper("Договор", Instant.parse("2026-11-21T10:00:00.123456Z"), null);

    record Paper(String words, Instant at, @Nullable Integer pages) {}

    record NewerPaper(
            String words,
            Instant at,
            @Nullable Integer pages,
            @Nullable String language) {}

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
    void givesBackWhatWasKeptForNoLongerThanItSays() {
        var papers = connected(REDIS).region("papers", Paper.class, KEEP);
        assertThat(papers.find(key).block()).isNull();

        papers.keep(key, paper);

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(papers.find(key).block()).isEqualTo(paper));
        var keys = REDIS.commands().keys("test:papers:*" + key);
        assertThat(keys).hasSize(1);
        assertThat(REDIS.commands().pttl(keys.getFirst())).isBetween(1L, KEEP.toMillis());
    }

    @Test
    void whatAnotherReleaseOrAnotherServiceKeptIsNotRead() {
        RedisCache cache = connected(REDIS);
        var papers = cache.region("papers", Paper.class, KEEP);
        papers.keep(key, paper);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(papers.find(key).block()).isNotNull());

        assertThat(cache.region("papers", NewerPaper.class, KEEP).find(key).block())
                .isNull();
        RedisCache other = cache(REDIS, "other");
        var foreign = other.region("papers", Paper.class, KEEP);
        other.region("papers", Paper.class, KEEP).keep("mine", paper);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(foreign.find("mine").block()).isNotNull());
        assertThat(foreign.find(key).block()).isNull();
    }

    @Test
    void whatCannotBeReadIsAsIfItWereNotThere() {
        var papers = connected(REDIS).region("papers", Paper.class, KEEP);
        papers.keep(key, paper);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(papers.find(key).block()).isNotNull());
        REDIS.commands().set(REDIS.commands().keys("test:papers:*" + key).getFirst(), "{\"words\":");

        assertThat(papers.find(key).block()).isNull();
    }

    @Test
    void goesOnWithoutARedisThatIsAwayAndWithItAfterwards() {
        RedisCache cache = connected(REDIS);
        var papers = cache.region("papers", Paper.class, KEEP);
        SERVER.stop();

        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(papers.find(key).block()).isNull();
            papers.keep(key, paper);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(cache.isReachable()).isFalse();

        SERVER.start();
        await().atMost(BOUND).until(() -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            papers.find(key).block();
            papers.keep(key, paper);
            return paper.equals(papers.find(key).block());
        });
    }

    @Test
    void waitsForARedisThatStopsInTheMiddleOnceInAPause() {
        RedisCache cache = connected(REDIS);
        var papers = cache.region("papers", Paper.class, KEEP);
        REDIS.commands().clientPause(2000);

        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(papers.find(key).block()).isNull();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(90), Duration.ofSeconds(1));
        assertThat(cache.isReachable()).isFalse();
    }

    @Test
    void nobodyWaitsForARedisThatNeverSaysAnything() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestRedis hanging = new TestRedis(new RedisAccess("127.0.0.1", silent.getLocalPort(), "x"))) {
            var papers = cache(hanging, "test").region("papers", Paper.class, KEEP);

            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                nanos.addAndGet(Duration.ofSeconds(2).toNanos());
                assertThat(papers.find(key).block()).isNull();
                papers.keep(key, paper);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
    }

    private RedisCache connected(TestRedis redis) {
        RedisCache cache = cache(redis, "test");
        var probe = cache.region("probe", Paper.class, KEEP);
        await().atMost(BOUND).until(() -> {
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            probe.keep(key, paper);
            return probe.find(key).block() != null;
        });
        return cache;
    }

    private RedisCache cache(TestRedis redis, String namespace) {
        return new RedisCache(
                redis.connections(),
                new CacheProperties(namespace, Duration.ofMillis(100), Duration.ofSeconds(1)),
                new SimpleMeterRegistry(),
                nanos::get);
    }
}
