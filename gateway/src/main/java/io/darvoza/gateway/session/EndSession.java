package io.darvoza.gateway.session;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.security.Caller;
import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.token.KeycloakTokens;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Ends a session on somebody's behalf: first it is written down who did it, then the session goes, then Keycloak's, without which
 * the browser's next login would ask for no password. No request of the session renews its tokens meanwhile, or the refresh
 * token that Keycloak is shown would be an old one.
 */
@Service
final class EndSession {

    private static final Duration POLL = Duration.ofMillis(50);

    private final SignedInBrowsers browsers;
    private final SessionEnds ends;
    private final ReactiveSessionRepository<? extends Session> sessions;
    private final RefreshLock lock;
    private final KeycloakTokens keycloak;
    private final GatewayClient gateway;
    private final SessionProperties properties;
    private final Detached detached;

    EndSession(
            SignedInBrowsers browsers,
            SessionEnds ends,
            ReactiveSessionRepository<? extends Session> sessions,
            RefreshLock lock,
            KeycloakTokens keycloak,
            GatewayClient gateway,
            SessionProperties properties,
            Detached detached) {
        this.browsers = browsers;
        this.ends = ends;
        this.sessions = sessions;
        this.lock = lock;
        this.keycloak = keycloak;
        this.gateway = gateway;
        this.properties = properties;
        this.detached = detached;
    }

    /** What became of it; {@code everywhere} is false when Keycloak did not end its own session. */
    record Ended(SignedInBrowser browser, boolean everywhere) {}

    /**
     * Raises {@code not_found} when there is no such session (any more), {@link GatewayProblem#AUDIT_UNAVAILABLE} when it cannot
     * be written down. What has begun goes on when the caller goes away.
     *
     * @param own whether the caller works with this very session
     */
    Mono<Ended> end(UUID id, Caller caller, boolean own, String requestId) {
        return browsers.find(id)
                .filterWhen(browser -> browsers.isThere(browser.session()))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(browser -> detached.run(
                        "sessions.end",
                        ends.write(caller.principalKey(), browser, own, requestId)
                                .then(endAlone(browser))));
    }

    private Mono<Ended> endAlone(SignedInBrowser browser) {
        return Mono.usingWhen(lock.take(browser.session()), _ -> end(browser), lock::release)
                .repeatWhenEmpty(tries -> tries.delayElements(POLL))
                .timeout(properties.refreshPatience())
                .onErrorMap(
                        TimeoutException.class,
                        fault -> GatewayProblem.SESSIONS_UNAVAILABLE.exception().causedBy(fault));
    }

    private Mono<Ended> end(SignedInBrowser browser) {
        Mono<Boolean> atKeycloak = sessions.findById(browser.session())
                .mapNotNull(session -> SessionTokens.of(session::getAttribute))
                .flatMap(tokens -> sessions.deleteById(browser.session()).then(endAtKeycloak(tokens)))
                // It has gone by itself, or Keycloak has ended it before.
                .switchIfEmpty(sessions.deleteById(browser.session()).thenReturn(true));
        return atKeycloak.delayUntil(_ -> browsers.remove(browser)).map(everywhere -> new Ended(browser, everywhere));
    }

    private Mono<Boolean> endAtKeycloak(SessionTokens tokens) {
        return keycloak.endSession(gateway.credentials(), tokens.refresh()).onErrorReturn(false);
    }
}
