package io.darvoza.gateway.limits;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which OAuth2 client a token request names: by basic authentication, else by {@code client_id} in the form. The form is
 * read for that and given on unchanged; a larger one than any token request needs is refused (413).
 */
final class TokenClient {

    private static final int LARGEST_FORM = 16 * 1024;
    private static final String NONE = "-";
    private static final String BASIC = "Basic ";

    /** The client, and the exchange to go on with. */
    record Named(String clientId, ServerWebExchange exchange) {}

    private TokenClient() {}

    static Mono<Named> of(ServerWebExchange exchange) {
        String basic = basic(exchange.getRequest().getHeaders());
        if (basic != null) {
            return Mono.just(new Named(basic, exchange));
        }
        return isForm(exchange.getRequest()) ? fromForm(exchange) : Mono.just(new Named(NONE, exchange));
    }

    private static @Nullable String basic(HttpHeaders headers) {
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? NONE : URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            return NONE;
        }
    }

    private static boolean isForm(ServerHttpRequest request) {
        String type = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.regionMatches(
                        true,
                        0,
                        MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                        0,
                        MediaType.APPLICATION_FORM_URLENCODED_VALUE.length());
    }

    private static Mono<Named> fromForm(ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), LARGEST_FORM)
                .map(TokenClient::bytes)
                .defaultIfEmpty(new byte[0])
                .map(form -> new Named(clientId(form), replaying(exchange, form)));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static String clientId(byte[] form) {
        for (String pair : new String(form, StandardCharsets.UTF_8).split("&")) {
            if (pair.startsWith("client_id=")) {
                try {
                    return URLDecoder.decode(pair.substring("client_id=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException unreadable) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    private static ServerWebExchange replaying(ServerWebExchange exchange, byte[] form) {
        ServerHttpRequest again = new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return Flux.defer(
                        () -> Flux.just(exchange.getResponse().bufferFactory().wrap(form)));
            }
        };
        return exchange.mutate().request(again).build();
    }
}
