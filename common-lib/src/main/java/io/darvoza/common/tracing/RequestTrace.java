package io.darvoza.common.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

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
        return context(exchange).map(RequestTrace::header).orElse(null);
    }

    /** The same for who has the request's Reactor context alone; null outside of a request. */
    public static @Nullable String parent(ContextView reactor) {
        return context(reactor).map(RequestTrace::header).orElse(null);
    }

    /** Log lines that these steps write carry the trace id, whatever the thread. */
    public static void inLog(ServerWebExchange exchange, Runnable steps) {
        inLog(id(exchange), steps);
    }

    /** The same for who has the request's Reactor context alone; outside of a request the lines are as they were. */
    public static void inLog(ContextView reactor, Runnable steps) {
        context(reactor).map(TraceContext::traceId).ifPresentOrElse(trace -> inLog(trace, steps), steps);
    }

    private static void inLog(String trace, Runnable steps) {
        String outside = MDC.get(TRACE_ID);
        MDC.put(TRACE_ID, trace);
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

    private static String header(TraceContext context) {
        return "00-" + context.traceId() + '-' + context.spanId() + sampling(context);
    }

    private static String sampling(TraceContext context) {
        return Boolean.TRUE.equals(context.sampled()) ? "-01" : "-00";
    }

    private static Optional<TraceContext> context(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .flatMap(RequestTrace::spanOf);
    }

    /** Spring puts the request's observation there under this name. */
    private static Optional<TraceContext> context(ContextView reactor) {
        return reactor.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
                .flatMap(observation -> spanOf(observation.getContextView()));
    }

    private static Optional<TraceContext> spanOf(Observation.ContextView observation) {
        return Optional.ofNullable(observation.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(Span::context);
    }
}
