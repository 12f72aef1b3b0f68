package io.darvoza.gateway.session;

import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where Spring Security's login leaves the tokens: in the session, as {@link SessionTokens}. Its own repository would keep
 * the whole client registration there, with the client's secret.
 */
@Component
final class SessionTokenStore implements ServerOAuth2AuthorizedClientRepository {

    @Override
    public Mono<Void> saveAuthorizedClient(
            OAuth2AuthorizedClient client, Authentication principal, ServerWebExchange exchange) {
        return exchange.getSession()
                .doOnNext(session -> tokens(client, principal).putInto(session))
                .then();
    }

    private static SessionTokens tokens(OAuth2AuthorizedClient client, Authentication principal) {
        OidcUser user = (OidcUser) Objects.requireNonNull(principal.getPrincipal());
        return new SessionTokens(
                client.getAccessToken().getTokenValue(),
                Objects.requireNonNull(client.getAccessToken().getExpiresAt()),
                Objects.requireNonNull(client.getRefreshToken(), "Keycloak gave no refresh token")
                        .getTokenValue(),
                user.getIdToken().getTokenValue());
    }

    /** Nobody asks: {@link SessionSecurityContexts} reads the session itself. */
    @Override
    public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(
            String registrationId, Authentication principal, ServerWebExchange exchange) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> removeAuthorizedClient(
            String registrationId, Authentication principal, ServerWebExchange exchange) {
        return exchange.getSession().doOnNext(SessionTokens::removeFrom).then();
    }
}
