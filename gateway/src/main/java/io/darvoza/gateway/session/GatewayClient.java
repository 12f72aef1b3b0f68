package io.darvoza.gateway.session;

import io.darvoza.common.security.IdentityProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The gateway as Keycloak knows it. */
@Component
final class GatewayClient {

    private final String credentials;

    GatewayClient(IdentityProperties identity) {
        String id = encoded(Objects.requireNonNull(identity.clientId(), "darvoza.identity.client-id"));
        String secret = encoded(Objects.requireNonNull(identity.clientSecret(), "darvoza.identity.client-secret"));
        this.credentials = "Basic " + HttpHeaders.encodeBasicAuth(id, secret, StandardCharsets.UTF_8);
    }

    /** The header {@code Authorization}. */
    String credentials() {
        return credentials;
    }

    /** RFC 6749 §2.3.1: both halves form-encoded first. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
