package io.darvoza.gateway.session;

import io.darvoza.gateway.hygiene.Cookies;
import io.darvoza.gateway.hygiene.PublicAddress;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.session.CookieWebSessionIdResolver;

/**
 * The cookie of a browser session: {@code HttpOnly}, {@code SameSite=Lax} (a login comes back by a link from the login
 * page), gone with the browser; under https {@code Secure} and bound to the host.
 */
@Component
public final class SessionCookie extends CookieWebSessionIdResolver {

    SessionCookie(PublicAddress address) {
        setCookieName(address.isSecure() ? Cookies.HOST_SESSION : Cookies.SESSION);
        setCookieMaxAge(Duration.ofSeconds(-1));
        addCookieInitializer(
                cookie -> cookie.path("/").httpOnly(true).sameSite("Lax").secure(address.isSecure()));
    }

    /** Whether the request carries one, be it good or not. */
    public boolean isIn(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(HttpHeaders.COOKIE)
                && request.getCookies().containsKey(getCookieName());
    }
}
