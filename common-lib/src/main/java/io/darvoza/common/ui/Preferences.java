package io.darvoza.common.ui;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * How a person wants pages: from three cookies that hold nothing else, so that they may travel to every service. A
 * cookie with an unknown word counts as absent.
 */
record Preferences(Locale language, ZoneId zone, Theme theme) {

    static final String LANGUAGE_COOKIE = "darvoza_lang";
    static final String ZONE_COOKIE = "darvoza_zone";
    static final String THEME_COOKIE = "darvoza_theme";

    static Preferences of(ServerHttpRequest request, UiProperties properties) {
        return new Preferences(
                language(request, properties.languages()),
                zone(cookie(request, ZONE_COOKIE), properties.zone()),
                Objects.requireNonNullElse(Theme.of(cookie(request, THEME_COOKIE)), Theme.SYSTEM));
    }

    /** The offered language with that tag, or {@code null} when none has it. */
    static @Nullable Locale offered(@Nullable String tag, List<Locale> languages) {
        for (Locale language : languages) {
            if (language.toLanguageTag().equals(tag)) {
                return language;
            }
        }
        return null;
    }

    private static Locale language(ServerHttpRequest request, List<Locale> languages) {
        Locale chosen = offered(cookie(request, LANGUAGE_COOKIE), languages);
        return chosen != null ? chosen : accepted(request, languages);
    }

    private static Locale accepted(ServerHttpRequest request, List<Locale> languages) {
        try {
            Locale accepted = Locale.lookup(request.getHeaders().getAcceptLanguage(), languages);
            return accepted != null ? accepted : languages.getFirst();
        } catch (IllegalArgumentException malformedHeader) {
            return languages.getFirst();
        }
    }

    private static ZoneId zone(@Nullable String name, ZoneId otherwise) {
        if (name == null || name.length() > 64) {
            return otherwise;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknownZone) {
            return otherwise;
        }
    }

    /** Zone names hold a slash, which browsers' scripts send encoded. */
    private static @Nullable String cookie(ServerHttpRequest request, String name) {
        HttpCookie cookie = request.getCookies().getFirst(name);
        return cookie == null ? null : cookie.getValue().replace("%2F", "/");
    }
}
