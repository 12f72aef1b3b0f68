package io.darvoza.common.ui;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.ui.Assets.Asset;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Serves {@link Assets} at {@code /assets/<hash>/<name>} to everybody. While two versions of the suite run side by side
 * an address may hold the other one's hash; then the file is sent as it is here, and not kept.
 */
final class AssetHandler implements WebHandler {

    static final String PATHS = "/assets/{hash}/{name}";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final CacheControl KEEP =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Assets assets;

    AssetHandler(Assets assets) {
        this.assets = assets;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (!READING.contains(request.getMethod())) {
            return Mono.error(new MethodNotAllowedException(request.getMethod(), READING));
        }
        String[] path = request.getPath().value().split("/");
        Asset asset = assets.find(path[3]);
        if (asset == null) {
            return Mono.error(CommonProblem.NOT_FOUND.exception());
        }
        boolean gzip = takesGzip(request.getHeaders());
        describe(
                asset,
                asset.hash().equals(path[2]),
                gzip,
                exchange.getResponse().getHeaders());
        return send(gzip ? asset.gzip() : asset.plain(), request, exchange.getResponse());
    }

    private static void describe(Asset asset, boolean current, boolean gzip, HttpHeaders headers) {
        headers.setContentType(asset.type());
        headers.setCacheControl(current ? KEEP : CacheControl.noCache());
        headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
        if (gzip) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
    }

    private static Mono<Void> send(byte[] body, ServerHttpRequest request, ServerHttpResponse response) {
        response.getHeaders().setContentLength(body.length);
        return request.getMethod() == HttpMethod.HEAD
                ? response.setComplete()
                : response.writeWith(Mono.fromSupplier(() -> wrap(body, response)));
    }

    private static DataBuffer wrap(byte[] body, ServerHttpResponse response) {
        return response.bufferFactory().wrap(body);
    }

    private static boolean takesGzip(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                .anyMatch(encodings -> encodings.contains("gzip") && !encodings.contains("gzip;q=0"));
    }
}
