package io.darvoza.gateway.routing;

import io.darvoza.common.problem.CommonProblem;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses a body above the limit with 413: at once when its length is announced, else as soon as it has grown past the
 * limit, so that a chunked body cannot pass unmeasured.
 */
record BodyLimit(DataSize limit) implements GatewayFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > limit.toBytes()) {
            return Mono.error(CommonProblem.CONTENT_TOO_LARGE.exception());
        }
        return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                ? chain.filter(exchange.mutate()
                        .request(measured(exchange.getRequest()))
                        .build())
                : chain.filter(exchange);
    }

    private ServerHttpRequest measured(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {

            @Override
            public Flux<DataBuffer> getBody() {
                return Flux.defer(() -> {
                    Meter meter = new Meter(limit.toBytes());
                    return super.getBody().doOnNext(meter::count);
                });
            }
        };
    }

    private static final class Meter {

        private long left;

        Meter(long limit) {
            this.left = limit;
        }

        void count(DataBuffer buffer) {
            left -= buffer.readableByteCount();
            if (left < 0) {
                DataBufferUtils.release(buffer);
                throw CommonProblem.CONTENT_TOO_LARGE.exception();
            }
        }
    }
}
