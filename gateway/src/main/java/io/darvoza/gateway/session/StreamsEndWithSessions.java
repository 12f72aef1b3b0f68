package io.darvoza.gateway.session;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the live streams of a session soon after the session, on whatever gateway and for whatever reason it ended: an open
 * stream looks every few seconds whether the store still has its session. While the store is away it goes on; its token ends
 * it in the end. Other answers are let through whole, and so are streams for which nobody has signed in.
 */
final class StreamsEndWithSessions implements WebFilter {

    private final SignedInBrowsers browsers;
    private final SessionCookie cookie;
    private final SessionProperties properties;

    StreamsEndWithSessions(SignedInBrowsers browsers, SessionCookie cookie, SessionProperties properties) {
        this.browsers = browsers;
        this.cookie = cookie;
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return cookie.isIn(exchange.getRequest())
                ? exchange.getSession()
                        .map(session -> SessionTokens.of(session) == null ? exchange : watched(exchange, session))
                        .flatMap(chain::filter)
                : chain.filter(exchange);
    }

    private ServerWebExchange watched(ServerWebExchange exchange, WebSession session) {
        return exchange.mutate()
                .response(new Watched(exchange.getResponse(), ended(session)))
                .build();
    }

    private Mono<Boolean> ended(WebSession session) {
        return Flux.interval(properties.streamCheck())
                .onBackpressureDrop()
                .concatMap(_ -> browsers.isThere(session.getId()).onErrorReturn(true), 1)
                .filter(there -> !there)
                .next();
    }

    private static final class Watched extends ServerHttpResponseDecorator {

        private final Mono<Boolean> ended;

        private Watched(ServerHttpResponse response, Mono<Boolean> ended) {
            super(response);
            this.ended = ended;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(isStream() ? Flux.from(body).takeUntilOther(ended) : body);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(isStream() ? Flux.from(body).takeUntilOther(ended) : body);
        }

        private boolean isStream() {
            return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(getHeaders().getContentType());
        }
    }
}
