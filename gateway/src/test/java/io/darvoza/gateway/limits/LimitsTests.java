package io.darvoza.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class LimitsTests {

    private final LimitFixtures.Time time = new LimitFixtures.Time();
    private final LimitFixtures.Buckets shared = new LimitFixtures.Buckets(time);
    private final Limits limits = LimitFixtures.limits(shared, time::currentTimeNanos);

    @Test
    void letsExactlyTheBurstThroughAtOnce() {
        assertThat(allowed(limits, "user:1", 500)).isEqualTo(200);
    }

    @Test
    void asksTheSharedBucketOnceForEachPortion() {
        allowed(limits, "user:1", 200);

        assertThat(shared.leases).hasValue(20);
    }

    @Test
    void doesNotAskAgainWhileItKnowsTheBucketEmpty() {
        allowed(limits, "user:1", 201);
        int asked = shared.leases.get();
        allowed(limits, "user:1", 1000);

        assertThat(shared.leases).hasValue(asked);
    }

    @Test
    void letsTheRateThroughInTheLongRun() {
        allowed(limits, "user:1", 300);
        int allowed = 0;
        for (int i = 0; i < 1000; i++) {
            time.pass(Duration.ofMillis(10));
            allowed += allowed(limits, "user:1", 3);
        }

        assertThat(allowed).isBetween(998, 1001);
    }

    @Test
    void countsEveryKeyByItself() {
        assertThat(allowed(limits, "user:1", 300)).isEqualTo(200);
        assertThat(allowed(limits, "user:2", 300)).isEqualTo(200);
    }

    @Test
    void sharesOneBucketAmongGateways() {
        Limits other = LimitFixtures.limits(shared, time::currentTimeNanos);
        int allowed = 0;
        for (int i = 0; i < 300; i++) {
            allowed += allowed(limits, "user:1", 1) + allowed(other, "user:1", 1);
        }

        assertThat(allowed).isEqualTo(200);
    }

    @Test
    void letsASteadyRateThroughUnhurtByTheOtherGatewaysLeases() {
        Limits other = LimitFixtures.limits(shared, time::currentTimeNanos);
        int allowed = 0;
        for (int i = 0; i < 1000; i++) {
            time.pass(Duration.ofMillis(24));
            allowed += allowed(limits, "user:1", 1) + allowed(other, "user:1", 1);
        }

        assertThat(allowed).isEqualTo(2000);
    }

    @Test
    void doesNotHoardALeaseOverARest() {
        allowed(limits, "user:1", 1);
        time.pass(Duration.ofMinutes(1));

        assertThat(allowed(limits, "user:1", 500)).isEqualTo(200);
    }

    @Test
    void keepsTheLimitAloneWhileTheSharedBucketsAreAway() {
        shared.away = true;

        assertThat(allowed(limits, "user:1", 500)).isBetween(200, 230);
    }

    @Test
    void startsAloneWithWhatWasLeftInTheSharedBucket() {
        allowed(limits, "user:1", 150);
        shared.away = true;

        assertThat(allowed(limits, "user:1", 500)).isBetween(50, 80);
    }

    @Test
    void sharesAgainWhenTheBucketsAreBack() {
        shared.away = true;
        allowed(limits, "user:1", 500);
        shared.away = false;
        int before = shared.leases.get();
        allowed(limits, "user:1", 1);

        assertThat(shared.leases).hasValue(before + 1);
    }

    @Test
    void refusesWithTheTimeUntilTheNextToken() {
        allowed(limits, "user:1", 200);
        Verdict verdict = take(limits, LimitFixtures.PRINCIPAL, "user:1");

        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.retryAfter()).isEqualTo(Duration.ofMillis(10));
        assertThat(verdict.header()).isEqualTo("\"principal\";r=0;t=2");
    }

    @Test
    void tellsWhatIsLeft() {
        assertThat(LimitFixtures.PRINCIPAL.policy()).isEqualTo("\"principal\";q=200;w=2");
        assertThat(take(limits, LimitFixtures.PRINCIPAL, "user:1").header()).isEqualTo("\"principal\";r=199;t=1");
    }

    @Test
    void givesTheTokensOfOneLeaseToAllWhoWaitForIt() {
        Sinks.Empty<Void> gate = Sinks.empty();
        shared.gate = gate.asMono();
        List<Verdict> verdicts = new ArrayList<>();
        var all = Flux.fromStream(IntStream.range(0, 500).boxed())
                .flatMap(_ -> limits.take(LimitFixtures.PRINCIPAL, "user:1"), 500)
                .doOnNext(verdicts::add)
                .then()
                .toFuture();
        assertThat(verdicts).isEmpty();
        gate.tryEmitEmpty().orThrow();

        assertThat(all).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(verdicts).filteredOn(Verdict::allowed).hasSize(200);
        assertThat(shared.leases.get()).isBetween(20, 22);
    }

    @Test
    void knowsWhichKeyIsEmptyWithoutAsking() {
        assertThat(limits.isKnownEmpty(LimitFixtures.PRINCIPAL, "user:1")).isFalse();
        allowed(limits, "user:1", 201);

        assertThat(limits.isKnownEmpty(LimitFixtures.PRINCIPAL, "user:1")).isTrue();
        time.pass(Duration.ofMillis(10));
        assertThat(limits.isKnownEmpty(LimitFixtures.PRINCIPAL, "user:1")).isFalse();
    }

    @Test
    void keepsABoundedNumberOfKeys() {
        Limits small = new Limits(shared, 100, Duration.ofSeconds(60), time::currentTimeNanos);
        for (int i = 0; i < 10_000; i++) {
            take(small, LimitFixtures.PRINCIPAL, "address:" + i);
        }

        assertThat(small.keys()).isLessThanOrEqualTo(100);
    }

    private static int allowed(Limits limits, String key, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> take(limits, LimitFixtures.PRINCIPAL, key).allowed())
                .count();
    }

    private static Verdict take(Limits limits, Limit limit, String key) {
        Mono<Verdict> verdict = limits.take(limit, key);
        return Objects.requireNonNull(verdict.block(Duration.ofSeconds(5)));
    }
}
