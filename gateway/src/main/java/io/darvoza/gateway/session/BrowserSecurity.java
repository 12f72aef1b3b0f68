package io.darvoza.gateway.session;

import io.darvoza.common.security.SecurityProblems;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.stereotype.Component;

/** What the chain for browsers consists of, beside the rules of access: the session, the login, the check of origins. */
@Component
public final class BrowserSecurity {

    private final SessionSecurityContexts contexts;
    private final SessionStoreGuard guard;
    private final OriginCheck origins;
    private final StreamsEndWithSessions streams;
    private final LoginFlow login;
    private final BrowserEntryPoint entryPoint;
    private final ServerRequestCache requests;
    private final SecurityProblems problems;

    BrowserSecurity(
            SessionSecurityContexts contexts,
            SessionStoreGuard guard,
            OriginCheck origins,
            SignedInBrowsers browsers,
            SessionCookie cookie,
            SessionProperties properties,
            LoginFlow login,
            BrowserEntryPoint entryPoint,
            ServerRequestCache requests,
            SecurityProblems problems) {
        this.contexts = contexts;
        this.guard = guard;
        this.origins = origins;
        this.streams = new StreamsEndWithSessions(browsers, cookie, properties);
        this.login = login;
        this.entryPoint = entryPoint;
        this.requests = requests;
        this.problems = problems;
    }

    /** The same builder, with all but the rules of access. CSRF tokens are not needed: {@link OriginCheck} refuses. */
    public ServerHttpSecurity sessions(ServerHttpSecurity http) {
        return http.addFilterAt(guard, SecurityWebFiltersOrder.FIRST)
                .addFilterAt(origins, SecurityWebFiltersOrder.CSRF)
                .addFilterAfter(new SessionTokenRelay(), SecurityWebFiltersOrder.AUTHORIZATION)
                .addFilterAfter(streams, SecurityWebFiltersOrder.AUTHORIZATION)
                .securityContextRepository(contexts)
                .requestCache(cache -> cache.requestCache(requests))
                .oauth2Login(login)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(entryPoint).accessDeniedHandler(problems))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable);
    }
}
