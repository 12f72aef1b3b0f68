package io.darvoza.common.desk;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** A call of an operation on behalf of whoever asks a page. */
final class OwnRequest extends AbstractServerHttpRequest {

    private final ServerHttpRequest page;
    private final Flux<DataBuffer> body;

    OwnRequest(ServerHttpRequest page, HttpMethod method, URI address, HttpHeaders headers, Flux<DataBuffer> body) {
        super(method, address, "", headers);
        this.page = page;
        this.body = body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return body;
    }

    /** Language and theme; no session, which stays at the gateway. */
    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return page.getCookies();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return page.getSslInfo();
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return page.getRemoteAddress();
    }

    @Override
    public <T> T getNativeRequest() {
        return ServerHttpRequestDecorator.getNativeRequest(page);
    }
}
