package io.darvoza.common.security;

import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/**
 * What every chain for bearer tokens has in common, for the services' chain and for those that an application composes itself:
 * no session, no saved requests, no CSRF token (nothing is sent by itself), no login forms; refusals as problems. Response
 * headers are left to the UI kit and the gateway.
 */
public final class BearerSecurity {

    private final TokenVerifier verifier;
    private final KeycloakRoles roles;
    private final SecurityProblems problems;

    public BearerSecurity(TokenVerifier verifier, KeycloakRoles roles, SecurityProblems problems) {
        this.verifier = verifier;
        this.roles = roles;
        this.problems = problems;
    }

    /** The same builder, with all but a matcher and the rules of access. */
    public ServerHttpSecurity stateless(ServerHttpSecurity http) {
        return http.addFilterAt(new BearerFilter(verifier, roles, problems), SecurityWebFiltersOrder.AUTHENTICATION)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable);
    }
}
