package io.darvoza.common.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Tokens that were found good, until they end and at most {@code timeToLive}; so many at most, the least used leave first.
 * Only verified tokens get in, so bad ones cannot push good ones out. Emptied when the issuer's keys change.
 */
public final class VerifiedTokens {

    private final Cache<Fingerprint, Jwt> tokens;
    private final Clock clock;

    public VerifiedTokens(IdentityProperties.TokenCache settings, Clock clock) {
        this.clock = clock;
        this.tokens = Caffeine.newBuilder()
                .maximumSize(settings.size())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<Fingerprint, Jwt>creating((_, token) -> timeLeft(token, settings.timeToLive())))
                .build();
    }

    private Duration timeLeft(Jwt token, Duration atMost) {
        Duration left = Duration.between(clock.instant(), Objects.requireNonNull(token.getExpiresAt()));
        return left.compareTo(atMost) < 0 ? left : atMost;
    }

    @Nullable
    Jwt find(Fingerprint fingerprint) {
        return tokens.getIfPresent(fingerprint);
    }

    /** Does nothing with a token that has ended and counts only by the clocks' skew. */
    void remember(Fingerprint fingerprint, Jwt token) {
        Instant end = Objects.requireNonNull(token.getExpiresAt());
        if (end.isAfter(clock.instant())) {
            tokens.put(fingerprint, token);
        }
    }

    /** How many are remembered now. */
    long size() {
        tokens.cleanUp();
        return tokens.estimatedSize();
    }

    /** Forgets all: each token is verified anew. */
    public void clear() {
        tokens.invalidateAll();
    }
}
