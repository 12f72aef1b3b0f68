package io.darvoza.gateway.routing;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;

/**
 * Where a class of requests goes and what holds for them on the way; one service has several.
 *
 * @param id unique, as the log and the metrics name it
 * @param service the service's name in the routing table
 * @param method the only method it is for; null for all
 * @param responseTimeout null for streams, which have none
 */
public record Destination(
        String id,
        String service,
        URI uri,
        PathPatterns paths,
        @Nullable HttpMethod method,
        PathPatterns open,
        @Nullable Rewrite rewrite,
        Duration connectTimeout,
        @Nullable Duration responseTimeout,
        DataSize maxBody,
        boolean foreignCookies) {

    /** A prefix of the path, and what stands in its place at the service. */
    record Rewrite(String from, String to) {

        String apply(String path) {
            return to + path.substring(from.length());
        }
    }

    boolean takes(ServerHttpRequest request) {
        return (method == null || method.equals(request.getMethod()))
                && paths.match(request.getPath().pathWithinApplication());
    }

    /** Whether a caller without a token may pass. What such a caller may do, the service decides. */
    public boolean isOpen(ServerHttpRequest request) {
        return open.match(request.getPath().pathWithinApplication());
    }
}
