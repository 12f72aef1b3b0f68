package io.darvoza.gateway.session;

import java.util.Set;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What the gateway asks of Keycloak's login: the language that the person has chosen here, and, from the account menu, to
 * change the password on the way.
 */
@Component
final class LoginRequests implements ServerOAuth2AuthorizationRequestResolver {

    /** Keycloak's «application-initiated action»; the only one that may be asked for. */
    static final String ACTION = "kc_action";

    static final String UPDATE_PASSWORD = "UPDATE_PASSWORD";

    private static final Set<String> LANGUAGES = Set.of("ru", "en");

    private final ServerOAuth2AuthorizationRequestResolver usual;

    LoginRequests(ReactiveClientRegistrationRepository registrations) {
        this.usual = new DefaultServerOAuth2AuthorizationRequestResolver(registrations);
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange) {
        return usual.resolve(exchange).map(request -> completed(request, exchange.getRequest()));
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange, String registrationId) {
        return usual.resolve(exchange, registrationId).map(request -> completed(request, exchange.getRequest()));
    }

    private static OAuth2AuthorizationRequest completed(OAuth2AuthorizationRequest login, ServerHttpRequest request) {
        return OAuth2AuthorizationRequest.from(login)
                .additionalParameters(parameters -> {
                    if (UPDATE_PASSWORD.equals(request.getQueryParams().getFirst(ACTION))) {
                        parameters.put(ACTION, UPDATE_PASSWORD);
                    }
                    HttpCookie language = request.getCookies().getFirst("darvoza_lang");
                    if (language != null && LANGUAGES.contains(language.getValue())) {
                        parameters.put("ui_locales", language.getValue());
                    }
                })
                .build();
    }
}
