package io.darvoza.gateway.events;

import io.darvoza.common.event.SuiteEvent;
import org.springframework.kafka.support.converter.ConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes an event as CloudEvents JSON in structured mode, on one line, as {@code data:} of a server-sent event needs it. */
final class StructuredEvent {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StructuredEvent() {}

    /** Throws {@link ConversionException}, which is not tried again, when the event's data is no JSON. */
    static String of(SuiteEvent event) {
        ObjectNode envelope = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", event.source())
                .put("type", event.type())
                .put("subject", event.subject())
                .put("time", event.time().toString())
                .put("datacontenttype", "application/json")
                .put("aggregateversion", event.aggregateVersion());
        if (event.traceparent() != null) {
            envelope.put("traceparent", event.traceparent());
        }
        envelope.set("data", data(event));
        return JSON.writeValueAsString(envelope);
    }

    private static JsonNode data(SuiteEvent event) {
        try {
            return JSON.readTree(event.json());
        } catch (JacksonException e) {
            throw new ConversionException("data of %s %s is no JSON".formatted(event.type(), event.id()), e);
        }
    }
}
