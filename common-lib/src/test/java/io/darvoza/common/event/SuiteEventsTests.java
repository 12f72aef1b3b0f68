package io.darvoza.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.id.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.converter.ConversionException;

class SuiteEventsTests {

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final EventOwner OWNER = EventOwner.client("partner");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SuiteEvents events = new SuiteEvents("/tiny-service", new TimeOrderedIds(clock), clock, null);

    record DocumentUploadedV1(
            UUID documentId,
            Instant uploadedAt,
            long sizeBytes,
            @Nullable String contractNumber) {}

    @Test
    void dataIsWrittenInSnakeCaseWithoutAbsentMembers() {
        var id = UUID.fromString("01936a7e-5c00-7000-8000-000000000002");

        SuiteEvent event =
                events.of("tiny.document.uploaded.v1", "subject", 1, OWNER, new DocumentUploadedV1(id, NOW, 5, null));

        assertThat(event.json())
                .isEqualTo("{\"document_id\":\"01936a7e-5c00-7000-8000-000000000002\","
                        + "\"uploaded_at\":\"2026-11-20T10:15:30Z\",\"size_bytes\":5}");
        assertThat(event.source()).isEqualTo("/tiny-service");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.id().version()).isEqualTo(7);
    }

    @Test
    void aReaderIgnoresMembersThatItDoesNotKnow() {
        var event = event("{\"document_id\":\"01936a7e-5c00-7000-8000-000000000002\",\"uploaded_at\":"
                + "\"2026-11-20T10:15:30Z\",\"size_bytes\":5,\"added_later\":true}");

        assertThat(events.read(event, DocumentUploadedV1.class).sizeBytes()).isEqualTo(5);
    }

    @Test
    void dataOfAnotherShapeIsNeverTriedAgain() {
        assertThatThrownBy(() -> events.read(event("[]"), DocumentUploadedV1.class))
                .isInstanceOf(ConversionException.class);
        assertThatThrownBy(() -> events.read(event("not json"), DocumentUploadedV1.class))
                .isInstanceOf(ConversionException.class);
    }

    private static SuiteEvent event(String json) {
        return new SuiteEvent(UUID.randomUUID(), "t", "/s", NOW, "subject", 1, OWNER, null, json);
    }
}
