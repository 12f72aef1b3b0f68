package io.darvoza.gateway.hygiene;

import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The cookies of the suite, and which of them leave the gateway. */
public final class Cookies {

    /** The browser's session; of no use to a service, and a secret. */
    public static final String SESSION = "darvoza_session";

    /** The same under https, where the prefix binds it to this very host (RFC 6265bis §4.1.3.2). */
    public static final String HOST_SESSION = "__Host-" + SESSION;

    private static final Set<String> SESSIONS = Set.of(SESSION, HOST_SESSION);
    private static final Set<String> FOR_SERVICES = Set.of("darvoza_lang", "darvoza_zone", "darvoza_theme");

    private Cookies() {}

    /** The part of a {@code Cookie} header that services get: how a person wants pages to look; null when nothing is left. */
    public static @Nullable String forServices(String header) {
        return only(header, FOR_SERVICES::contains);
    }

    /** All of a {@code Cookie} header but the session; null when nothing is left. */
    public static @Nullable String withoutSession(String header) {
        return only(header, name -> !SESSIONS.contains(name));
    }

    private static @Nullable String only(String header, Predicate<String> wanted) {
        StringJoiner kept = new StringJoiner("; ");
        for (String cookie : header.split(";")) {
            String pair = cookie.strip();
            int equals = pair.indexOf('=');
            if (equals > 0 && wanted.test(pair.substring(0, equals).strip())) {
                kept.add(pair);
            }
        }
        return kept.length() == 0 ? null : kept.toString();
    }
}
