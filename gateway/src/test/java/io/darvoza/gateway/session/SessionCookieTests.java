package io.darvoza.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.gateway.hygiene.PublicAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class SessionCookieTests {

    @Test
    void underHttpsTheBrowserBindsItToTheHostAndSendsItEncryptedOnly() {
        ResponseCookie cookie = set("https://gate.test", "__Host-darvoza_session");

        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.getPath()).isEqualTo("/");
    }

    @Test
    void onPlainHttpItHasAnotherNameSinceNoBrowserWouldTakeThat() {
        assertThat(set("http://127.0.0.1:8080", "darvoza_session").isSecure()).isFalse();
    }

    @Test
    void noScriptReadsItAndItGoesWithTheBrowser() {
        ResponseCookie cookie = set("https://gate.test", "__Host-darvoza_session");

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getMaxAge().isNegative()).isTrue();
    }

    private static ResponseCookie set(String publicUrl, String name) {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        new SessionCookie(new PublicAddress(URI.create(publicUrl))).setSessionId(exchange, "id");

        assertThat(exchange.getResponse().getCookies().keySet()).containsExactly(name);
        return exchange.getResponse().getCookies().toSingleValueMap().get(name);
    }
}
