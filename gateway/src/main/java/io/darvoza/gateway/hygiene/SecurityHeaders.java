package io.darvoza.gateway.hygiene;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * What every answer tells a browser unless the service that made it has said it differently: nothing may be guessed,
 * framed or leaked. A page's own content security policy comes from the page's service.
 */
@Component
final class SecurityHeaders {

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    private final boolean secure;

    SecurityHeaders(PublicAddress address) {
        this.secure = address.isSecure();
    }

    void completeIn(HttpHeaders headers) {
        addIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        addIfAbsent(headers, "Referrer-Policy", "same-origin");
        addIfAbsent(headers, "Cross-Origin-Opener-Policy", "same-origin");
        if (!headers.containsHeader(CONTENT_SECURITY_POLICY)) {
            headers.set(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
            addIfAbsent(headers, "X-Frame-Options", "DENY");
        }
        if (secure) {
            addIfAbsent(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    private static void addIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
