package io.darvoza.common.security;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/**
 * What Spring Security's firewall lets in as a header's name or value. It matches a regular expression whenever a header is read,
 * which took a twentieth of a short request's time; most headers are visible ASCII, which passes it.
 */
final class PlainHeaders {

    static final Predicate<String> NAMES =
            name -> isPlain(name) || StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES.test(name);
    /** A header that is not there is asked about, too. */
    static final Predicate<String> VALUES =
            value -> isPlain(value) || StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES.test(value);

    private PlainHeaders() {}

    static StrictServerWebExchangeFirewall firewall() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderNames(NAMES);
        firewall.setAllowedHeaderValues(VALUES);
        return firewall;
    }

    private static boolean isPlain(@Nullable String text) {
        if (text == null) {
            return false;
        }
        for (int place = 0; place < text.length(); place++) {
            char letter = text.charAt(place);
            if (letter < ' ' || letter > '~') {
                return false;
            }
        }
        return true;
    }
}
