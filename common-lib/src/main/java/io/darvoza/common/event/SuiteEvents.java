package io.darvoza.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.darvoza.common.id.TimeOrderedIds;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.converter.ConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes this service's events and reads those of others.
 *
 * <p>Data is a flat record named {@code …V1}, written in snake_case without absent members. Reading ignores members that the
 * record does not know, because a producer may add optional ones within V1.
 */
public final class SuiteEvents {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String source;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final @Nullable Tracer tracer;

    public SuiteEvents(String source, TimeOrderedIds ids, Clock clock, @Nullable Tracer tracer) {
        this.source = source;
        this.ids = ids;
        this.clock = clock;
        this.tracer = tracer;
    }

    /** A new event of this service, now, with the trace of the running request. */
    public SuiteEvent of(String type, String subject, long aggregateVersion, EventOwner owner, Record data) {
        return new SuiteEvent(
                ids.next(),
                type,
                source,
                clock.instant(),
                subject,
                aggregateVersion,
                owner,
                traceparent(),
                JSON.writeValueAsString(data));
    }

    /** The data of an event as the reader's own record. Throws {@link ConversionException} when it is not of that shape;
     * such an event is not tried again. */
    public <T extends Record> T read(SuiteEvent event, Class<T> type) {
        try {
            return JSON.readValue(event.json(), type);
        } catch (JacksonException e) {
            throw new ConversionException("data of %s %s cannot be read".formatted(event.type(), event.id()), e);
        }
    }

    private @Nullable String traceparent() {
        Span span = tracer == null ? null : tracer.currentSpan();
        if (span == null || span.isNoop()) {
            return null;
        }
        var context = span.context();
        String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), flags);
    }
}
