package io.darvoza.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.gateway.hygiene.Cookies;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What of a request's head a service gets: everything but what concerns this connection only and the cookies that are not
 * its business. What a caller could have forged is gone since {@code RequestSanitizer}.
 */
final class RequestHeaders implements HttpHeadersFilter {

    /** RFC 9110 §7.6.1; what {@code Connection} names besides was taken out on arrival. */
    static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** W3C Trace Context: what the service does becomes part of this request's trace. */
    private static final String TRACE_PARENT = "traceparent";

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders kept = new HttpHeaders();
        input.forEach((name, values) -> keep(name, values, kept, exchange));
        String trace = RequestTrace.parent(exchange);
        if (trace != null) {
            kept.set(TRACE_PARENT, trace);
        }
        return kept;
    }

    private static void keep(String name, List<String> values, HttpHeaders kept, ServerWebExchange exchange) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (lowerCase.equals("cookie")) {
            String cookies = cookies(String.join("; ", values), exchange);
            if (cookies != null) {
                kept.set(name, cookies);
            }
        } else if (!OF_THE_CONNECTION.contains(lowerCase)) {
            kept.put(name, values);
        }
    }

    private static @Nullable String cookies(String sent, ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
        Destination destination =
                (Destination) Objects.requireNonNull(route.getMetadata().get(Destination.class.getName()));
        return destination.foreignCookies() ? Cookies.withoutSession(sent) : Cookies.forServices(sent);
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.REQUEST;
    }
}
