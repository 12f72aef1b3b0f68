package io.darvoza.common.security;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The public keys of one token issuer, fetched from its JWKS and from nowhere else.
 *
 * <p>Spring Security's own source keeps keys for ever and fetches once per unknown {@code kid}, so that anyone can make it
 * flood the issuer. This one guarantees:
 *
 * <ul>
 *   <li>at most one fetch runs at a time, whoever asks, and a caller's disconnect does not end it;
 *   <li>keys older than {@code timeToLive} are renewed before they count again; usually that happened ahead of time, in
 *       the background, and nobody waits;
 *   <li>while the issuer is away old keys count for {@code outageTolerance} more, without anyone waiting for it;
 *   <li>unknown key ids and failed fetches cause at most one fetch per {@code pause}.
 * </ul>
 */
public final class JwksSource {

    private static final Logger log = LoggerFactory.getLogger(JwksSource.class);

    private final Mono<String> document;
    private final IdentityProperties.Keys settings;
    private final Clock clock;
    private final Runnable onChange;

    private volatile @Nullable Snapshot snapshot;
    private volatile boolean issuerAway;
    private @Nullable Mono<Snapshot> running;
    private Instant pausedUntil = Instant.MIN;

    private record Snapshot(Map<String, RSAPublicKey> keys, Instant fetchedAt) {}

    /**
     * @param document fetches the JWKS each time it is subscribed to; bounded in size and time by whoever made it
     * @param onChange called after the set of keys has become another one
     */
    public JwksSource(Mono<String> document, IdentityProperties.Keys settings, Clock clock, Runnable onChange) {
        this.document = document;
        this.settings = settings;
        this.clock = clock;
        this.onChange = onChange;
    }

    /**
     * The key of that id; empty when the issuer has no such key. Raises {@link CommonProblem#SERVICE_UNAVAILABLE} when there
     * are no keys that count and none can be had.
     */
    public Mono<RSAPublicKey> key(String id) {
        Snapshot known = snapshot;
        Instant now = clock.instant();
        if (known == null || age(known, now).compareTo(settings.timeToLive().plus(settings.outageTolerance())) >= 0) {
            return fetch(false)
                    .onErrorMap(JwksSource::unavailable)
                    .mapNotNull(keys -> keys.keys().get(id));
        }
        if (age(known, now).compareTo(settings.timeToLive()) >= 0 && !issuerAway) {
            return fetch(false)
                    .onErrorReturn(known)
                    .mapNotNull(keys -> keys.keys().get(id));
        }
        RSAPublicKey key = known.keys().get(id);
        if (key == null) {
            return fetch(true)
                    .onErrorReturn(known)
                    .mapNotNull(keys -> keys.keys().get(id));
        }
        boolean ageing = age(known, now).compareTo(settings.timeToLive().minus(settings.refreshAhead())) >= 0;
        return ageing ? meanwhileFetching(key) : Mono.just(key);
    }

    private static Duration age(Snapshot known, Instant now) {
        return Duration.between(known.fetchedAt(), now);
    }

    /** Gives the key at once and leaves the fetch running: the second source wins, the first was started before it. */
    private Mono<RSAPublicKey> meanwhileFetching(RSAPublicKey key) {
        return Mono.firstWithValue(fetch(false).thenReturn(key), Mono.just(key));
    }

    /** Joins the running fetch or starts one; an error while fetches pause. Shared by {@code cache}, which no disconnect cancels. */
    private synchronized Mono<Snapshot> fetch(boolean forUnknownKey) {
        if (running != null) {
            return running;
        }
        Instant now = clock.instant();
        if (now.isBefore(pausedUntil)) {
            return Mono.error(() -> new IllegalStateException("a fetch failed or found nothing new a moment ago"));
        }
        if (forUnknownKey) {
            pausedUntil = now.plus(settings.pause());
        }
        running = document.map(SigningKeys::parse)
                .map(this::adopt)
                .doOnError(this::failed)
                .doOnTerminate(this::ended)
                .cache();
        return running;
    }

    private Snapshot adopt(Map<String, RSAPublicKey> keys) {
        Snapshot before = snapshot;
        Snapshot after = new Snapshot(keys, clock.instant());
        snapshot = after;
        issuerAway = false;
        if (before == null || !before.keys().equals(keys)) {
            log.info("The issuer signs with the keys {}", keys.keySet());
            onChange.run();
        }
        return after;
    }

    private synchronized void failed(Throwable fault) {
        issuerAway = true;
        pausedUntil = clock.instant().plus(snapshot == null ? settings.pauseWithoutKeys() : settings.pause());
        log.warn("The issuer's keys could not be fetched: {}", fault.toString());
    }

    private synchronized void ended() {
        running = null;
    }

    private static ProblemException unavailable(Throwable fault) {
        return CommonProblem.SERVICE_UNAVAILABLE
                .exception()
                .retryAfter(Duration.ofSeconds(1))
                .causedBy(fault);
    }
}
