package io.darvoza.common.ui;

import io.darvoza.common.problem.ProblemRenderer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Language and theme without JavaScript: a page asked for with {@code ui_lang} or {@code ui_theme} sets the cookie and
 * leads back to the same address without them. Only for navigation; a program's parameters are left to its handler.
 */
final class PreferenceLinks implements WebFilter, Ordered {

    static final String LANGUAGE = "ui_lang";
    static final String THEME = "ui_theme";
    private static final Duration ONE_YEAR = Duration.ofDays(365);

    private final UiProperties properties;

    PreferenceLinks(UiProperties properties) {
        this.properties = properties;
    }

    /** Before access is decided: who is not signed in may read the sign-in page in their language. */
    @Override
    public int getOrder() {
        return -200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        MultiValueMap<String, String> parameters = request.getQueryParams();
        boolean asked = parameters.containsKey(LANGUAGE) || parameters.containsKey(THEME);
        if (!asked || !ProblemRenderer.isNavigation(request)) {
            return chain.filter(exchange);
        }
        Locale language = Preferences.offered(parameters.getFirst(LANGUAGE), properties.languages());
        Theme theme = Theme.of(parameters.getFirst(THEME));
        remember(exchange, Preferences.LANGUAGE_COOKIE, language == null ? null : language.toLanguageTag());
        remember(exchange, Preferences.THEME_COOKIE, theme == null ? null : theme.word());
        exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
        exchange.getResponse().getHeaders().setLocation(withoutPreferences(request.getURI()));
        return exchange.getResponse().setComplete();
    }

    /** Path and query only, so that the answer leads nowhere but to the address that was asked for. */
    private static URI withoutPreferences(URI uri) {
        String here = UriComponentsBuilder.fromPath(uri.getRawPath())
                .query(uri.getRawQuery())
                .replaceQueryParam(LANGUAGE)
                .replaceQueryParam(THEME)
                .build(true)
                .toUriString();
        return URI.create(here.replaceFirst("^/{2,}", "/"));
    }

    /** Readable by the kit's script, which changes the theme in place; it says nothing about the person. */
    private static void remember(ServerWebExchange exchange, String name, @Nullable String word) {
        if (word != null) {
            exchange.getResponse()
                    .addCookie(ResponseCookie.from(name, word)
                            .path("/")
                            .maxAge(ONE_YEAR)
                            .sameSite("Lax")
                            .secure("https"
                                    .equals(exchange.getRequest().getURI().getScheme()))
                            .build());
        }
    }
}
