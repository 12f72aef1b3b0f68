package io.darvoza.egov.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.EgovInstance;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The second promise of the seed, over two instances, one of which is killed in between: in no 60 seconds does the portal see a 61st
 * request. The time that counts is the test's.
 */
class SharedLimitIT {

    private static final int LIMIT = 60;
    private static final int NUMBERS = Boolean.getBoolean("suite.long") ? 10_000 : 600;

    /** When each request came, in seconds of the test's time. */
    private final List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());

    private final AtomicLong second = new AtomicLong(1_800_000_000L);
    private final AtomicInteger next = new AtomicInteger();

    /** A number whose answer the portal keeps back for a second, to see whether another request about it comes. */
    private volatile String alone = "";

    private final CountDownLatch twice = new CountDownLatch(2);

    /** What one instance asks for, the other waits for, too. */
    private void aHundredAtOnceForOneNumberAreOneRequest(List<EgovInstance> both)
            throws InterruptedException, ExecutionException {
        String iin = Numbers.iin(next.getAndIncrement());
        alone = iin;
        int before = arrivals.size();
        List<Http> doors =
                both.stream().map(instance -> new Http(instance.port())).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Http door = doors.get(i % doors.size());
                running.add(threads.submit(() -> door.iin(iin)));
            }
            for (Future<Reply> one : running) {
                assertThat(one.get().word("status")).isEqualTo("verified");
            }
        } finally {
            doors.forEach(Http::close);
        }
        assertThat(arrivals).hasSize(before + 1);
    }

    /** As if the first instance's flight had ended between the second one's look for a verdict and its own flight. */
    private void whatOneHasLearntMeanwhileTheOtherDoesNotAsk(EgovInstance first, EgovInstance second) {
        String iin = Numbers.iin(next.getAndIncrement());
        try (var here = new Http(first.port());
                var there = new Http(second.port())) {
            assertThat(here.iin(iin).word("status")).isEqualTo("verified");
            int before = arrivals.size();
            first.database().execute("create table learnt as select * from verdict_cache");
            first.database().execute("delete from verdict_cache");
            first.database().execute("""
                            create function learn() returns trigger language plpgsql as
                            'begin insert into verdict_cache select * from learnt where key = new.key; return new; end'
                            """);
            first.database()
                    .execute(
                            "create trigger learn before insert on verdict_flight for each row execute function learn()");

            Reply reply = there.iin(iin);

            assertThat(reply.json().path("from_cache").asBoolean())
                    .as(reply.text())
                    .isTrue();
            assertThat(arrivals).hasSize(before);
            first.database().execute("drop function learn() cascade");
            first.database().execute("drop table learnt");
        }
    }

    @Test
    void noMinuteHasSixtyOneRequestsWhateverHappensToTheInstances() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var portal = new Portal();
                var first = new EgovInstance(portal);
                var second = new EgovInstance(first);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            portal.behave((call, number) -> {
                if (!number.isEmpty()) {
                    arrivals.add(this.second.get());
                }
                if (number.equals(alone)) {
                    twice.countDown();
                    boolean ignored = twice.await(1, TimeUnit.SECONDS);
                }
                Portal.person(call, number);
            });
            first.startHere(Map.of());
            useTheTestsTime(first);
            second.start(null, Map.of());

            List<EgovInstance> both = List.of(first, second);
            aHundredAtOnceForOneNumberAreOneRequest(both);
            whatOneHasLearntMeanwhileTheOtherDoesNotAsk(first, second);
            passes(100, first);
            int before = arrivals.size();
            Burst burst = burst(threads, both, 80);
            assertThat(burst.verified()).as("of 80 at once, seed %d", seed).isBetween(LIMIT - 5L, (long) LIMIT);
            assertThat(burst.verified() + burst.limited()).isEqualTo(80);
            assertThat(arrivals).hasSizeLessThanOrEqualTo(before + LIMIT);

            second.process().kill();
            passes(30, first);
            assertThat(burst(threads, List.of(first), 10).verified()).isLessThanOrEqualTo(5L);
            second.startHere(Map.of());
            passes(29, first);
            assertThat(burst(threads, both, 10).verified())
                    .as("59 seconds later")
                    .isZero();

            while (next.get() < NUMBERS) {
                passes(1 + random.nextInt(30), first);
                burst(threads, both, 5 + random.nextInt(60));
            }
        }
        assertThat(mostInAMinute()).as("seed %d", seed).isLessThanOrEqualTo((long) LIMIT);
        assertThat(arrivals.size()).as("seed %d", seed).isGreaterThan(LIMIT);
    }

    /** How many of a burst came through, and how many met the limit. */
    private record Burst(long verified, long limited) {}

    private Burst burst(ExecutorService threads, List<EgovInstance> instances, int size)
            throws InterruptedException, ExecutionException {
        List<Http> doors =
                instances.stream().map(instance -> new Http(instance.port())).toList();
        try {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Http door = doors.get(i % doors.size());
                running.add(threads.submit(() -> door.iin(Numbers.iin(next.getAndIncrement()))));
            }
            int verified = 0;
            int limited = 0;
            for (Future<Reply> one : running) {
                Reply reply = one.get();
                verified += reply.word("status").equals("verified") ? 1 : 0;
                limited += reply.status() == 429 ? 1 : 0;
            }
            return new Burst(verified, limited);
        } finally {
            doors.forEach(Http::close);
        }
    }

    /** The test moves the time only while nobody is asking, so that an arrival's second is its slot's. */
    private void passes(int seconds, EgovInstance any) {
        second.addAndGet(seconds);
        any.database().execute("update test_time set now = to_timestamp(" + second.get() + ")");
    }

    private void useTheTestsTime(EgovInstance any) {
        any.database().execute("create table test_time (now timestamptz not null)");
        any.database().execute("insert into test_time values (to_timestamp(" + second.get() + "))");
        any.database()
                .execute(
                        "create or replace function egov_clock() returns timestamptz language sql volatile as 'select now from test_time'");
        any.database().execute("delete from upstream_slot");
    }

    private long mostInAMinute() {
        List<Long> sorted = arrivals.stream().sorted().toList();
        int most = 0;
        int begin = 0;
        for (int end = 0; end < sorted.size(); end++) {
            while (sorted.get(end) - sorted.get(begin) >= 60) {
                begin++;
            }
            most = Math.max(most, end - begin + 1);
        }
        return most;
    }
}
