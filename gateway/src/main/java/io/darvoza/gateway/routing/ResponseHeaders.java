package io.darvoza.gateway.routing;

import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** What of an answer's head the caller gets: not what concerns the inner connection, nor what the gateway says itself. */
final class ResponseHeaders implements HttpHeadersFilter {

    private static final Set<String> OURS = Set.of("x-request-id", "server", "x-powered-by");

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders kept = new HttpHeaders();
        input.forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!RequestHeaders.OF_THE_CONNECTION.contains(lowerCase) && !OURS.contains(lowerCase)) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
