package io.darvoza.common.ui;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.spring6.view.reactive.ThymeleafReactiveView;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Renders beside the event loop: the first use of a template or a bundle reads files, and a long list takes
 * milliseconds that other connections would wait for.
 */
class KitView extends ThymeleafReactiveView {

    @Override
    public Mono<Void> render(
            @Nullable Map<String, ?> model, @Nullable MediaType contentType, ServerWebExchange exchange) {
        return beside(() -> super.render(model, contentType, exchange));
    }

    /** Again, since the model is complete only after the session was asked for, on a thread of its store. */
    @Override
    protected Mono<Void> renderInternal(
            Map<String, Object> model, @Nullable MediaType contentType, ServerWebExchange exchange) {
        return beside(() -> super.renderInternal(model, contentType, exchange));
    }

    private static Mono<Void> beside(Supplier<Mono<Void>> rendering) {
        return Mono.defer(rendering).subscribeOn(Schedulers.boundedElastic());
    }
}
