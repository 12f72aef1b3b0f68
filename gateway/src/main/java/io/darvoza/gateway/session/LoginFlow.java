package io.darvoza.gateway.session;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.gateway.GatewayProblem;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2LoginSpec;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The login: code and PKCE at Keycloak, done by Spring Security; ours is only where the tokens go and what a failure says. */
@Component
final class LoginFlow implements Customizer<OAuth2LoginSpec> {

    /** The one registration; part of the redirect address that Keycloak knows. */
    static final String REGISTRATION = "keycloak";

    /** Where Spring Security starts the flow. */
    static final String START = "/oauth2/authorization/" + REGISTRATION;

    /** Where people start it. */
    static final String PATH = "/login";

    private final SessionSecurityContexts contexts;
    private final SessionTokenStore tokens;
    private final ServerOAuth2AuthorizationRequestResolver requests;
    private final ProblemRenderer renderer;

    LoginFlow(
            SessionSecurityContexts contexts,
            SessionTokenStore tokens,
            ServerOAuth2AuthorizationRequestResolver requests,
            ProblemRenderer renderer) {
        this.contexts = contexts;
        this.tokens = tokens;
        this.requests = requests;
        this.renderer = renderer;
    }

    @Override
    public void customize(OAuth2LoginSpec login) {
        login.securityContextRepository(contexts)
                .authorizedClientRepository(tokens)
                .authorizationRequestResolver(requests)
                .loginPage(PATH)
                .authenticationFailureHandler(this::failed);
    }

    /** A page, not another redirect: what failed once would go round for ever. */
    private Mono<Void> failed(WebFilterExchange filter, AuthenticationException fault) {
        Throwable cause = fault.getCause();
        ProblemException problem = cause instanceof ProblemException outage
                ? outage
                : GatewayProblem.LOGIN_FAILED.exception().causedBy(fault);
        return renderer.write(filter.getExchange(), problem);
    }
}
