package io.darvoza.common.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;

/**
 * Under which trace a request is found in logs and in the tracing system. Taken from the request and not from the thread, so
 * that it needs no context propagation.
 */
public final class RequestTrace {

    /** The member of log lines that Spring Boot's formats print. */
    private static final String TRACE_ID = "traceId";

    private RequestTrace() {}

    /** The trace id of the request's span; without tracing the request's own id, which is in the server's log. */
    public static String id(ServerWebExchange exchange) {
        return context(exchange)
                .map(TraceContext::traceId)
                .orElseGet(() -> exchange.getRequest().getId());
    }

    /** The header {@code traceparent} (W3C Trace Context, version 00) for whom this request calls; null without tracing. */
    public static @Nullable String parent(ServerWebExchange exchange) {
        return context(exchange)
                .map(context -> "00-" + context.traceId() + '-' + context.spanId() + sampling(context))
                .orElse(null);
    }

    /** Log lines that these steps write carry the trace id, whatever the thread. */
    public static void inLog(ServerWebExchange exchange, Runnable steps) {
        String outside = MDC.get(TRACE_ID);
        MDC.put(TRACE_ID, id(exchange));
        try {
            steps.run();
        } finally {
            if (outside == null) {
                MDC.remove(TRACE_ID);
            } else {
                MDC.put(TRACE_ID, outside);
            }
        }
    }

    private static String sampling(TraceContext context) {
        return Boolean.TRUE.equals(context.sampled()) ? "-01" : "-00";
    }

    private static Optional<TraceContext> context(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(observation -> observation.get(TracingContext.class))
                .map(TracingContext.class::cast)
                .map(TracingContext::getSpan)
                .map(Span::context);
    }
}
