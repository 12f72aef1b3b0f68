package io.darvoza.common.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;

class RequestTraceTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void isTheTraceOfTheRequestsSpan() {
        assertThat(RequestTrace.id(traced(TraceFlags.getDefault()))).isEqualTo(TRACE);
    }

    @Test
    void calleesGetTheSpanAsParentAndWhetherItIsSampled() {
        assertThat(RequestTrace.parent(traced(TraceFlags.getSampled()))).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(RequestTrace.parent(traced(TraceFlags.getDefault()))).isEqualTo("00-" + TRACE + "-" + SPAN + "-00");
    }

    @Test
    void withoutTracingTheRequestsOwnIdStandsForIt() {
        ServerWebExchange exchange = untraced();

        assertThat(RequestTrace.id(exchange)).isEqualTo(exchange.getRequest().getId());
        assertThat(RequestTrace.parent(exchange)).isNull();
    }

    @Test
    void linesOfTheRequestCarryItsTraceAndLaterLinesWhatWasThereBefore() {
        List<@Nullable String> seen = new ArrayList<>();
        Runnable line = () -> seen.add(MDC.get("traceId"));

        RequestTrace.inLog(traced(TraceFlags.getDefault()), line);
        line.run();
        MDC.put("traceId", "outer");
        try {
            RequestTrace.inLog(traced(TraceFlags.getDefault()), line);
            line.run();
        } finally {
            MDC.remove("traceId");
        }

        assertThat(seen).containsExactly(TRACE, null, TRACE, "outer");
    }

    @Test
    void whoHasReactorsContextAloneFindsTheSameTraceThere() {
        Context reactor = Context.of(ObservationThreadLocalAccessor.KEY, observed());
        List<@Nullable String> seen = new ArrayList<>();

        RequestTrace.inLog(reactor, () -> seen.add(MDC.get("traceId")));
        RequestTrace.inLog(Context.empty(), () -> seen.add(MDC.get("traceId")));

        assertThat(seen).containsExactly(TRACE, null);
        assertThat(RequestTrace.parent(reactor)).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(RequestTrace.parent(Context.empty())).isNull();
    }

    private static Observation observed() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(_ -> true);
        Observation observation = Observation.createNotStarted("request", registry);
        observation.getContext().put(TracingContext.class, tracing(TraceFlags.getSampled()));
        return observation;
    }

    private static ServerWebExchange traced(TraceFlags flags) {
        MockServerWebExchange exchange = untraced();
        ServerRequestObservationContext observation = new ServerRequestObservationContext(
                exchange.getRequest(), exchange.getResponse(), exchange.getAttributes());
        observation.put(TracingContext.class, tracing(flags));
        exchange.getAttributes()
                .put(ServerRequestObservationContext.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, observation);
        return exchange;
    }

    private static TracingContext tracing(TraceFlags flags) {
        TracingContext tracing = new TracingContext();
        tracing.setSpan(OtelSpan.fromOtel(Span.wrap(SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault()))));
        return tracing;
    }

    private static MockServerWebExchange untraced() {
        return MockServerWebExchange.from(MockServerHttpRequest.get("/"));
    }
}
