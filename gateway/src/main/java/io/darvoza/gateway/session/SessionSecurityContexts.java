package io.darvoza.gateway.session;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.KeycloakRoles;
import io.darvoza.common.security.TokenVerifier;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Makes a browser session what a bearer token is: the caller of the request is whoever the session's access token names, and
 * that token is verified as any other. What lies in the session store is thus no more trusted than what comes in a header.
 */
@Component
public final class SessionSecurityContexts implements ServerSecurityContextRepository {

    private final SessionCookie cookie;
    private final SessionRefresh refresh;
    private final TokenVerifier verifier;
    private final SignedInBrowsers browsers;
    private final SessionProperties properties;
    private final KeycloakRoles roles = new KeycloakRoles();

    SessionSecurityContexts(
            SessionCookie cookie,
            SessionRefresh refresh,
            TokenVerifier verifier,
            SignedInBrowsers browsers,
            SessionProperties properties) {
        this.cookie = cookie;
        this.refresh = refresh;
        this.verifier = verifier;
        this.browsers = browsers;
        this.properties = properties;
    }

    /** After a login: the tokens are in the session already; its id must be one that nobody knew before. */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return exchange.getSession()
                .doOnNext(session -> session.setMaxIdleTime(properties.idle()))
                .flatMap(this::begin);
    }

    /** Who signs in again in the same browser begins another session, so the entry of the one before goes. */
    private Mono<Void> begin(WebSession session) {
        SessionTokens tokens = SessionTokens.of(session);
        if (tokens == null) {
            return session.changeSessionId();
        }
        UUID before = SignedInBrowsers.idOf(session);
        SignedInBrowsers.name(session);
        return session.changeSessionId()
                .then(before == null ? Mono.empty() : browsers.remove(before))
                .then(verifier.decode(tokens.access()))
                .flatMap(token -> browsers.add(session, Caller.of(token)));
    }

    /** Without the cookie nothing is asked of the store, so that it may be away. */
    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        if (!cookie.isIn(exchange.getRequest())) {
            return Mono.empty();
        }
        return exchange.getSession().flatMap(this::contextOf).cache();
    }

    private Mono<SecurityContext> contextOf(WebSession session) {
        SessionTokens tokens = SessionTokens.of(session);
        if (tokens == null) {
            return Mono.empty();
        }
        return refresh.fresh(session, tokens)
                .flatMap(fresh -> verifier.decode(fresh.access()))
                .map(token -> (SecurityContext) new SecurityContextImpl(roles.convert(token)))
                .onErrorResume(SessionSecurityContexts::isOver, _ -> signedOut(session));
    }

    private static boolean isOver(Throwable fault) {
        return fault instanceof JwtException
                || (fault instanceof ProblemException problem && problem.type() == CommonProblem.UNAUTHENTICATED);
    }

    /** The session itself stays: it will remember where the person wanted to go. */
    private static Mono<SecurityContext> signedOut(WebSession session) {
        return Mono.fromRunnable(() -> SessionTokens.removeFrom(session));
    }
}
