package io.darvoza.gateway.hygiene;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What only the public address can promise: https. All other security headers come from the kit, which every part has. */
@Component
final class SecurityHeaders {

    private final boolean secure;

    SecurityHeaders(PublicAddress address) {
        this.secure = address.isSecure();
    }

    void completeIn(HttpHeaders headers) {
        if (secure && !headers.containsHeader("Strict-Transport-Security")) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }
}
