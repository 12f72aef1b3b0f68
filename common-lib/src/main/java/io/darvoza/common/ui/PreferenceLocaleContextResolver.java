package io.darvoza.common.ui;

import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * Language and zone of every exchange, pages and programs alike: the cookie, else {@code Accept-Language}, else the
 * first language of the process.
 */
final class PreferenceLocaleContextResolver implements LocaleContextResolver {

    private final UiProperties properties;

    PreferenceLocaleContextResolver(UiProperties properties) {
        this.properties = properties;
    }

    @Override
    public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
        Preferences preferences = Preferences.of(exchange.getRequest(), properties);
        Locale language = preferences.language();
        return new SimpleTimeZoneAwareLocaleContext(language, TimeZone.getTimeZone(preferences.zone()));
    }

    @Override
    public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext context) {
        throw new UnsupportedOperationException("The language is chosen by the cookie " + Preferences.LANGUAGE_COOKIE);
    }
}
