package io.darvoza.common.problem;

import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;

/** The id under which a request is found in logs and traces. */
final class TraceId {

    private TraceId() {}

    /** The trace id of the request's span; without tracing the request's own id, which is in the server's log. */
    static String of(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(observation -> observation.get(TracingContext.class))
                .map(TracingContext.class::cast)
                .map(TracingContext::getSpan)
                .map(span -> span.context().traceId())
                .orElseGet(() -> exchange.getRequest().getId());
    }
}
