package io.darvoza.common.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.converter.ConversionException;

/** A {@link SuiteEvent} as a Kafka record: CloudEvents' Kafka binding in binary mode, attributes in {@code ce_} headers. */
public final class CloudEventHeaders {

    private static final String SPEC_VERSION = "1.0";

    private CloudEventHeaders() {}

    /** The record to send: the data as value, every attribute as a header. */
    public static ProducerRecord<String, String> toRecord(String topic, String key, SuiteEvent event) {
        var message = new ProducerRecord<>(topic, key, event.json());
        Headers headers = message.headers();
        put(headers, "ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", event.id().toString());
        put(headers, "ce_type", event.type());
        put(headers, "ce_source", event.source());
        put(headers, "ce_time", event.time().toString());
        put(headers, "ce_subject", event.subject());
        put(headers, "ce_aggregateversion", Long.toString(event.aggregateVersion()));
        put(headers, "ce_ownerkind", event.owner().kind());
        put(headers, "ce_owner", event.owner().id());
        put(headers, "content-type", "application/json");
        if (event.traceparent() != null) {
            put(headers, "traceparent", event.traceparent());
        }
        return message;
    }

    /** The event in a received record; the value is taken as it is. Throws {@link ConversionException} for anything else. */
    public static SuiteEvent toEvent(ConsumerRecord<?, ?> message) {
        try {
            Headers headers = message.headers();
            if (!SPEC_VERSION.equals(required(headers, "ce_specversion"))) {
                throw new IllegalArgumentException("ce_specversion is not " + SPEC_VERSION);
            }
            if (!(message.value() instanceof String json)) {
                throw new IllegalArgumentException("the value is no text");
            }
            return new SuiteEvent(
                    UUID.fromString(required(headers, "ce_id")),
                    required(headers, "ce_type"),
                    required(headers, "ce_source"),
                    Instant.parse(required(headers, "ce_time")),
                    required(headers, "ce_subject"),
                    Long.parseLong(required(headers, "ce_aggregateversion")),
                    new EventOwner(required(headers, "ce_ownerkind"), required(headers, "ce_owner")),
                    optional(headers, "traceparent"),
                    json);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConversionException(
                    "no event at %s-%d@%d: %s"
                            .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()),
                    e);
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(Headers headers, String name) {
        String value = optional(headers, name);
        if (value == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
