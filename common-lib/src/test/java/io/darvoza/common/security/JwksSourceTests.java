package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.test.TestClock;
import io.darvoza.common.test.security.TestTokens;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class JwksSourceTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final IdentityProperties.Keys SETTINGS = new IdentityProperties.Keys(
            Duration.ofMinutes(4),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));

    private final TestTokens issuer = new TestTokens();
    private final TestClock clock = TestClock.atNow();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private Supplier<Mono<String>> answer = () -> Mono.just(keys());
    private final JwksSource source = new JwksSource(
            Mono.defer(() -> {
                fetches.incrementAndGet();
                return answer.get();
            }),
            SETTINGS,
            clock,
            changes::incrementAndGet);

    @Test
    void fetchesOnceForManyCallers() {
        for (int i = 0; i < 10; i++) {
            assertThat(known()).isTrue();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void sharesAFetchThatIsUnderWay() {
        Sinks.One<String> late = Sinks.one();
        answer = late::asMono;
        StepVerifier.create(Mono.zip(
                        source.key(id()),
                        source.key(id()),
                        source.key("unknown").defaultIfEmpty(publicKey())))
                .then(() -> late.tryEmitValue(keys()).orThrow())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void finishesAFetchWhoseCallerHasGone() {
        Sinks.One<String> late = Sinks.one();
        answer = late::asMono;
        StepVerifier.create(source.key(id())).thenCancel().verify(PATIENCE);
        late.tryEmitValue(keys()).orThrow();
        assertThat(known()).isTrue();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void renewsAheadOfTimeWithoutMakingAnyoneWait() {
        assertThat(known()).isTrue();
        clock.advance(Duration.ofMinutes(3));
        answer = Mono::never;
        assertThat(known()).isTrue();
        assertThat(known()).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void waitsForNewKeysOnceTheOldOnesHaveEnded() {
        String old = id();
        assertThat(known(old)).isTrue();
        issuer.jwks().rotate();
        clock.advance(Duration.ofMinutes(4));
        assertThat(known(old)).isFalse();
        assertThat(known()).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void findsANewKeyAtOnce() {
        assertThat(known()).isTrue();
        issuer.jwks().rotate();
        assertThat(known()).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void fetchesForUnknownKeysOncePerPause() {
        assertThat(known()).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(known("unknown-" + i)).isFalse();
        }
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofSeconds(29));
        assertThat(known("unknown")).isFalse();
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(known("unknown")).isFalse();
        assertThat(fetches).hasValue(3);
    }

    @Test
    void goesOnWithOldKeysForTenMinutesOfOutage() {
        assertThat(known()).isTrue();
        answer = () -> Mono.error(new IllegalStateException("connection refused"));
        for (int second = 0; second < 14 * 60; second += 10) {
            assertThat(known()).as("after %d s", second).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        assertUnavailable();
        // From the third minute on, once per half a minute.
        assertThat(fetches.get()).isBetween(20, 24);
    }

    @Test
    void makesNobodyWaitDuringAnOutageThatIsKnown() {
        assertThat(known()).isTrue();
        clock.advance(Duration.ofMinutes(3));
        answer = () -> Mono.error(new IllegalStateException("connection refused"));
        assertThat(known()).isTrue();
        clock.advance(Duration.ofMinutes(2));
        answer = Mono::never;
        StepVerifier.create(source.key(id()))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void isUnavailableWithoutAnyKeysAndHealsSoon() {
        answer = () -> Mono.error(new IllegalStateException("connection refused"));
        assertUnavailable();
        assertUnavailable();
        assertThat(fetches).hasValue(1);
        answer = () -> Mono.just(keys());
        clock.advance(Duration.ofSeconds(1));
        assertThat(known()).isTrue();
    }

    @Test
    void keepsItsKeysWhenTheAnswerIsNoJwks() {
        assertThat(known()).isTrue();
        for (String nonsense :
                new String[] {"<html>", "{}", "{\"keys\":[]}", "[]", "null", "{\"keys\":[{\"kty\":\"RSA\"}]}"}) {
            answer = () -> Mono.just(nonsense);
            clock.advance(Duration.ofSeconds(31));
            assertThat(known("unknown")).as(nonsense).isFalse();
            assertThat(known()).as(nonsense).isTrue();
        }
    }

    @Test
    void takesOnlyKeysThatSignAccessTokens() {
        assertThat(known(issuer.jwks().rs256Key().id())).isFalse();
        answer = () -> Mono.just(new JWKSet(issuer.jwks().rs256Key().publicKey()).toString());
        clock.advance(Duration.ofMinutes(5));
        assertThat(known()).isTrue();
    }

    @Test
    void tellsWhenTheKeysHaveBecomeOthersAndOnlyThen() {
        assertThat(known()).isTrue();
        assertThat(changes).hasValue(1);
        clock.advance(Duration.ofMinutes(4));
        assertThat(known()).isTrue();
        assertThat(changes).hasValue(1);
        issuer.jwks().rotate();
        clock.advance(Duration.ofMinutes(4));
        assertThat(known()).isTrue();
        assertThat(changes).hasValue(2);
    }

    private String keys() {
        return new JWKSet(List.of(
                        issuer.jwks().rs256Key().publicKey(),
                        issuer.jwks().signingKey().publicKey()))
                .toString();
    }

    private String id() {
        return issuer.jwks().signingKey().id();
    }

    private RSAPublicKey publicKey() {
        try {
            return issuer.jwks().signingKey().publicKey().toRSAPublicKey();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean known() {
        return known(id());
    }

    private boolean known(String id) {
        return source.key(id).hasElement().block(PATIENCE);
    }

    private void assertUnavailable() {
        StepVerifier.create(source.key(id()))
                .expectErrorSatisfies(fault -> assertThat(fault)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.type()).isEqualTo(CommonProblem.SERVICE_UNAVAILABLE)))
                .verify(PATIENCE);
    }
}
