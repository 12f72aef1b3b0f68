package io.darvoza.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.converter.ConversionException;

class CloudEventHeadersTests {

    private static final SuiteEvent EVENT = new SuiteEvent(
            UUID.fromString("01936a7e-5c00-7000-8000-000000000001"),
            "banking-docs.document.uploaded.v1",
            "/banking-docs-service",
            Instant.parse("2026-11-20T10:15:30.123456Z"),
            "01936a7e-5c00-7000-8000-000000000002",
            3,
            EventOwner.user("00000000-0000-4000-8000-000000000123"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "{\"status\":\"NEW\"}");

    @Test
    void theRecordFollowsTheBindingOfCloudEvents() {
        var headers = new TreeMap<String, String>();
        var message = CloudEventHeaders.toRecord("topic", "key", EVENT);
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));

        assertThat(message.topic()).isEqualTo("topic");
        assertThat(message.key()).isEqualTo("key");
        assertThat(message.value()).isEqualTo("{\"status\":\"NEW\"}");
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "01936a7e-5c00-7000-8000-000000000001")
                .containsEntry("ce_type", "banking-docs.document.uploaded.v1")
                .containsEntry("ce_source", "/banking-docs-service")
                .containsEntry("ce_time", "2026-11-20T10:15:30.123456Z")
                .containsEntry("ce_subject", "01936a7e-5c00-7000-8000-000000000002")
                .containsEntry("ce_aggregateversion", "3")
                .containsEntry("ce_ownerkind", "user")
                .containsEntry("ce_owner", "00000000-0000-4000-8000-000000000123")
                .containsEntry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .containsEntry("content-type", "application/json")
                .hasSize(11);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(CloudEventHeaders.toEvent(received(CloudEventHeaders.toRecord("topic", "key", EVENT))))
                .isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_type",
                "ce_source",
                "ce_time",
                "ce_subject",
                "ce_aggregateversion",
                "ce_ownerkind",
                "ce_owner"
            })
    void aRecordWithoutARequiredAttributeIsNoEvent(String header) {
        var message = CloudEventHeaders.toRecord("topic", "key", EVENT);
        message.headers().remove(header);

        assertThatThrownBy(() -> CloudEventHeaders.toEvent(received(message)))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("topic-0@5")
                .hasMessageContaining(header);
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion,0.3",
        "ce_id,17",
        "ce_time,yesterday",
        "ce_aggregateversion,-1",
        "ce_aggregateversion,many",
        "ce_ownerkind,nobody",
        "ce_subject,' '"
    })
    void aRecordWithNonsenseIsNoEvent(String header, String value) {
        var message = CloudEventHeaders.toRecord("topic", "key", EVENT);
        message.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> CloudEventHeaders.toEvent(received(message))).isInstanceOf(ConversionException.class);
    }

    @Test
    void aRecordWithoutValueIsNoEvent() {
        var message = CloudEventHeaders.toRecord("topic", "key", EVENT);
        var deletion = new ConsumerRecord<String, String>("topic", 0, 5, "key", null);
        message.headers().forEach(deletion.headers()::add);

        assertThatThrownBy(() -> CloudEventHeaders.toEvent(deletion)).isInstanceOf(ConversionException.class);
    }

    private static ConsumerRecord<String, String> received(ProducerRecord<String, String> sent) {
        var message = new ConsumerRecord<>("topic", 0, 5, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        return message;
    }
}
