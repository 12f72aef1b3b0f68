package io.darvoza.gateway.session;

import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.hygiene.PublicAddress;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps other sites from acting with a person's session: an unsafe request that carries the session cookie must come from a
 * page of ours, as the browser itself says by {@code Sec-Fetch-Site} and {@code Origin}, which no page can forge. A browser
 * that says neither is refused. {@code same-site} is not enough: another port of this host is another site's business.
 */
@Component
final class OriginCheck implements WebFilter {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";
    private static final List<String> SAME_ORIGIN = List.of("same-origin");
    private static final List<String> HIDDEN = List.of("null");

    private final SessionCookie cookie;
    private final String origin;

    OriginCheck(SessionCookie cookie, PublicAddress address) {
        this.cookie = cookie;
        this.origin = address.origin();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return SAFE.contains(request.getMethod()) || !cookie.isIn(request) || isOurs(request.getHeaders())
                ? chain.filter(exchange)
                : Mono.error(GatewayProblem.FOREIGN_ORIGIN.exception());
    }

    private boolean isOurs(HttpHeaders headers) {
        List<String> site = headers.getOrEmpty(SEC_FETCH_SITE);
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        return switch (site.size()) {
            case 0 -> origins.equals(List.of(origin));
            // Keycloak's login page sends no referrer, and its form therefore the origin «null».
            case 1 ->
                site.equals(SAME_ORIGIN)
                        && (origins.isEmpty() || origins.equals(List.of(origin)) || origins.equals(HIDDEN));
            default -> false;
        };
    }
}
