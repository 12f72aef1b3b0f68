package io.darvoza.common.desk;

import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps what an operation answers. */
final class OwnResponse extends AbstractServerHttpResponse {

    private volatile byte[] body = new byte[0];

    OwnResponse(DataBufferFactory buffers) {
        super(buffers);
    }

    byte[] body() {
        return body;
    }

    HttpStatusCode statusOrOk() {
        return Objects.requireNonNullElse(getStatusCode(), HttpStatus.OK);
    }

    @Override
    public <T> T getNativeResponse() {
        throw new UnsupportedOperationException("there is no connection below this answer");
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> parts) {
        return DataBufferUtils.join(parts).doOnNext(this::keep).then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
        return writeWithInternal(Flux.from(parts).concatMap(part -> part));
    }

    private void keep(DataBuffer whole) {
        byte[] bytes = new byte[whole.readableByteCount()];
        whole.read(bytes);
        DataBufferUtils.release(whole);
        body = bytes;
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {}

    @Override
    protected void applyCookies() {}
}
