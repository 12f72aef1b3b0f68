package io.darvoza.gateway.session;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Detached;
import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.token.KeycloakTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renews the tokens of a session shortly before the access token ends. Keycloak rotates refresh tokens and takes the second
 * use of one for a theft, so of all requests of a session, on all gateways, one renews and the others take its result.
 *
 * <p>While the old access token still counts nobody waits, and no outage shows.
 */
@Component
final class SessionRefresh {

    private static final Duration POLL = Duration.ofMillis(50);

    private final RefreshLock lock;
    private final ReactiveSessionRepository<? extends Session> sessions;
    private final KeycloakTokens keycloak;
    private final GatewayClient gateway;
    private final SessionProperties properties;
    private final Detached detached;
    private final JsonMapper json;
    private final Clock clock;

    SessionRefresh(
            RefreshLock lock,
            ReactiveSessionRepository<? extends Session> sessions,
            KeycloakTokens keycloak,
            GatewayClient gateway,
            SessionProperties properties,
            Detached detached,
            JsonMapper json,
            Clock clock) {
        this.lock = lock;
        this.sessions = sessions;
        this.keycloak = keycloak;
        this.gateway = gateway;
        this.properties = properties;
        this.detached = detached;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The session's tokens, renewed if it is time. Ends with {@code unauthenticated} when Keycloak will not renew (the person
     * has signed out elsewhere, or was away too long), with {@code identity_unavailable} when it is away.
     */
    Mono<SessionTokens> fresh(WebSession session, SessionTokens tokens) {
        if (isFresh(tokens)) {
            return Mono.just(tokens);
        }
        Mono<SessionTokens> renewed =
                toItsEnd(Mono.usingWhen(lock.take(session.getId()), _ -> renewedUnderLock(session), lock::release));
        if (tokens.lastsUntil(clock.instant())) {
            return renewed.onErrorReturn(SessionRefresh::isOutage, tokens).defaultIfEmpty(tokens);
        }
        return renewed.repeatWhenEmpty(tries -> tries.delayElements(POLL))
                .timeout(properties.refreshPatience())
                .onErrorMap(TimeoutException.class, KeycloakTokens::unavailable);
    }

    /**
     * Also when the browser breaks its request off: Keycloak has taken the old refresh token by then, and who does not keep the
     * new one is signed out. That it was refused or in vain is for the request to tell, not for the log.
     */
    private Mono<SessionTokens> toItsEnd(Mono<SessionTokens> renewal) {
        return detached.run("session.refresh", renewal.materialize()).dematerialize();
    }

    private static boolean isOutage(Throwable fault) {
        return fault instanceof ProblemException problem && problem.type() == GatewayProblem.IDENTITY_UNAVAILABLE;
    }

    private boolean isFresh(SessionTokens tokens) {
        return tokens.lastsUntil(clock.instant().plus(properties.refreshAhead()));
    }

    /** Whoever held the lock before may have renewed them: only the store knows. */
    private Mono<SessionTokens> renewedUnderLock(WebSession session) {
        return sessions.findById(session.getId())
                .mapNotNull(stored -> SessionTokens.of(stored::getAttribute))
                .switchIfEmpty(Mono.error(CommonProblem.UNAUTHENTICATED::exception))
                .flatMap(stored -> isFresh(stored) ? Mono.just(stored) : renewed(session, stored));
    }

    private Mono<SessionTokens> renewed(WebSession session, SessionTokens old) {
        String form =
                "grant_type=refresh_token&refresh_token=" + URLEncoder.encode(old.refresh(), StandardCharsets.UTF_8);
        Instant asked = clock.instant();
        return keycloak.ask(gateway.credentials(), form.getBytes(StandardCharsets.US_ASCII))
                .map(answer -> read(answer, old, asked))
                .flatMap(tokens -> {
                    tokens.putInto(session);
                    return session.save().thenReturn(tokens);
                });
    }

    private SessionTokens read(KeycloakTokens.Answer answer, SessionTokens old, Instant asked) {
        JsonNode body = json.readTree(answer.body());
        if (answer.status().is4xxClientError()) {
            if ("invalid_grant".equals(body.path("error").asString(""))) {
                throw CommonProblem.UNAUTHENTICATED.exception();
            }
            throw GatewayProblem.IDENTITY_UNAVAILABLE
                    .exception()
                    .causedBy(new IllegalStateException("refresh: " + answer.status() + " " + body.path("error")));
        }
        return new SessionTokens(
                body.path("access_token").asString(),
                asked.plusSeconds(body.path("expires_in").asLong()),
                body.path("refresh_token").asString(old.refresh()),
                body.path("id_token").asString(old.id()));
    }
}
