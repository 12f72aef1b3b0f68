package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.test.TestClock;
import io.darvoza.common.test.security.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class TokenVerifierTests {

    private final TestTokens issuer = new TestTokens();
    private final TestClock clock = TestClock.atNow();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final IdentityProperties identity = new IdentityProperties(
            TestTokens.ISSUER,
            URI.create("http://unused.test"),
            TestTokens.AUDIENCE,
            null,
            null,
            null,
            Duration.ofSeconds(60),
            8192,
            new IdentityProperties.Keys(
                    Duration.ofMinutes(4),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1)),
            new IdentityProperties.TokenCache(100, Duration.ofSeconds(60)));
    private final VerifiedTokens verified = new VerifiedTokens(identity.tokenCache(), clock);
    private final TokenVerifier verifier = new TokenVerifier(
            identity,
            new JwksSource(Mono.defer(this::fetch), identity.keys(), clock, verified::clear),
            verified,
            clock);

    @Test
    void readsTheClaimsOfAGoodToken() {
        Jwt token = good(issuer.user("bank_client", "bank_client"));
        assertThat(token.getSubject()).isEqualTo(TestTokens.subjectOf("bank_client"));
        assertThat(token.getAudience()).containsExactly(TestTokens.AUDIENCE);
        assertThat(token.getExpiresAt()).isAfter(token.getIssuedAt());
        assertThat(token.getHeaders()).containsEntry("alg", "PS256");
    }

    @Test
    void takesOurAudienceAmongOthers() {
        good(issuer.draft()
                .claim("aud", List.of("account", TestTokens.AUDIENCE))
                .sign());
    }

    @Test
    void takesTheTypeOfRfc9068() {
        good(issuer.draft().header("typ", "at+jwt").sign());
    }

    @Test
    void allowsTheClocksToDifferByAMinute() {
        long now = clock.instant().getEpochSecond();
        good(issuer.draft().claim("iat", now - 300).claim("exp", now - 59).sign());
        good(issuer.draft().claim("nbf", now + 60).claim("iat", now + 60).sign());
        refused(issuer.draft().claim("iat", now - 300).claim("exp", now - 60).sign());
        refused(issuer.draft().claim("nbf", now + 61).sign());
        refused(issuer.draft().claim("iat", now + 61).sign());
    }

    @Test
    void refusesATokenThatEndsBeforeItBegins() {
        long now = clock.instant().getEpochSecond();
        refused(issuer.draft().claim("iat", now + 30).claim("exp", now + 20).sign());
    }

    @Test
    void refusesATokenThatEndedWhileItWasRemembered() {
        String token = issuer.draft()
                .claim("exp", clock.instant().getEpochSecond() + 10)
                .sign();
        good(token);
        clock.advance(Duration.ofSeconds(69));
        good(token);
        clock.advance(Duration.ofSeconds(1));
        refused(token);
    }

    @Test
    void remembersAGoodTokenForAMinuteAtMost() {
        String token = issuer.user("bank_client", "bank_client");
        Jwt first = good(token);
        clock.advance(Duration.ofSeconds(59));
        assertThat(good(token)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(good(token)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void remembersNoTokenBeyondItsOwnEnd() {
        String token = issuer.draft()
                .claim("exp", clock.instant().getEpochSecond() + 10)
                .sign();
        Jwt first = good(token);
        clock.advance(Duration.ofSeconds(9));
        assertThat(good(token)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(good(token)).as("only by the skew, so looked at each time").isNotSameAs(first);
    }

    @Test
    void neverTakesARememberedTokenForAnotherOne() {
        String token = issuer.user("bank_client", "bank_client");
        good(token);
        refused(token.substring(0, token.length() - 1) + "é");
        refused(token + "?");
        refused(token.toUpperCase(Locale.ROOT));
    }

    @Test
    void refusesTheTokensOfAWithdrawnKeyWithinFiveMinutes() {
        String before = issuer.draft()
                .claim("exp", clock.instant().getEpochSecond() + 3600)
                .sign();
        good(before);
        issuer.jwks().rotate();
        for (int second = 0; second < 300; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            // Traffic goes on; in the worst case all of it with tokens of the old key.
            verifier.decode(before).onErrorComplete().block();
        }
        refused(before);
        good(issuer.draft().claim("exp", clock.instant().getEpochSecond() + 60).sign());
    }

    @Test
    void forgetsTokensAsSoonAsTheKeysAreSeenToBeOthers() {
        String before = issuer.user("bank_client", "bank_client");
        good(before);
        issuer.jwks().rotate();
        good(issuer.user("bank_client", "bank_client"));
        refused(before);
    }

    @Test
    void goesOnWhileTheIssuerIsAway() {
        good(issuer.user("bank_client", "bank_client"));
        away.set(true);
        for (int minute = 0; minute < 10; minute++) {
            clock.advance(Duration.ofMinutes(1));
            long now = clock.instant().getEpochSecond();
            good(issuer.draft().claim("iat", now).claim("exp", now + 300).sign());
        }
    }

    @Test
    void saysThatItIsUnavailableWhenNoKeysCanBeHad() {
        away.set(true);
        StepVerifier.create(verifier.decode(issuer.user("bank_client", "bank_client")))
                .expectErrorSatisfies(fault ->
                        assertThat(((ProblemException) fault).type()).isEqualTo(CommonProblem.SERVICE_UNAVAILABLE))
                .verify(Duration.ofSeconds(1));
    }

    @Test
    void asksForNoKeysOnBehalfOfATokenThatIsWrongAnyway() {
        refused(issuer.draft().claim("iss", "http://evil.test").sign());
        refused(issuer.draft().header("alg", "RS256").sign());
        refused("x".repeat(9000));
        assertThat(fetches).hasValue(0);
    }

    @Test
    void remembersNoMoreTokensThanAllowed() {
        for (int i = 0; i < 500; i++) {
            good(issuer.draft().claim("jti", "token-" + i).sign());
        }
        assertThat(verified.size()).isLessThanOrEqualTo(100);
    }

    private Mono<String> fetch() {
        fetches.incrementAndGet();
        return away.get()
                ? Mono.error(new IllegalStateException("connection refused"))
                : Mono.just(new JWKSet(issuer.jwks().signingKey().publicKey()).toString());
    }

    private Jwt good(String token) {
        return verifier.decode(token).block(Duration.ofSeconds(5));
    }

    private void refused(String token) {
        StepVerifier.create(verifier.decode(token))
                .expectError(BadJwtException.class)
                .verify(Duration.ofSeconds(1));
    }
}
