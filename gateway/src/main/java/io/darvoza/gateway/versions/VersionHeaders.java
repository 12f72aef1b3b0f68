package io.darvoza.gateway.versions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/**
 * What a version announces of its end. The dates have two syntaxes: {@code Deprecation} is a structured-field date
 * (RFC 9745), {@code Sunset} an HTTP-date (RFC 8594), whose day has two digits in every locale.
 */
final class VersionHeaders {

    static final String DEPRECATION = "Deprecation";
    static final String SUNSET = "Sunset";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private VersionHeaders() {}

    /** The headers of a version for calls under a path prefix; empty for a version whose end is not announced. */
    static HttpHeaders of(ApiVersion version, String prefix) {
        HttpHeaders headers = new HttpHeaders();
        if (version.deprecationAt() == null && version.status() != ApiVersion.Status.SUNSET) {
            return headers;
        }
        if (version.deprecationAt() != null) {
            headers.set(DEPRECATION, "@" + version.deprecationAt().getEpochSecond());
        }
        if (version.sunsetAt() != null) {
            headers.set(SUNSET, httpDate(version.sunsetAt()));
        }
        List<String> links = links(version, prefix);
        if (!links.isEmpty()) {
            headers.set(HttpHeaders.LINK, String.join(", ", links));
        }
        return headers;
    }

    static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    private static List<String> links(ApiVersion version, String prefix) {
        List<String> links = new ArrayList<>();
        if (version.docUrl() != null) {
            links.add("<%s>; rel=\"deprecation\"; type=\"text/html\"".formatted(version.docUrl()));
            if (version.sunsetAt() != null) {
                links.add("<%s>; rel=\"sunset\"; type=\"text/html\"".formatted(version.docUrl()));
            }
        }
        if (version.successor() != null) {
            links.add("</%s/%s>; rel=\"successor-version\"".formatted(version.successor(), prefix));
        }
        return links;
    }
}
