package io.darvoza.gateway.events;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

final class EventFixtures {

    static final String TOPIC = "banking-docs.document-status.v1";

    private EventFixtures() {}

    static EventsProperties properties(int maxLength, int streamsPerPrincipal) {
        return new EventsProperties(
                List.of(TOPIC),
                "gateway-events",
                maxLength,
                Duration.ofHours(24),
                5,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                streamsPerPrincipal,
                100);
    }

    static SuiteEvent event(EventOwner owner, String document, long version) {
        return event(UUID.randomUUID(), owner, document, version);
    }

    static SuiteEvent event(UUID id, EventOwner owner, String document, long version) {
        return new SuiteEvent(
                id,
                "banking-docs.document.status-changed.v1",
                "/banking-docs-service",
                Instant.parse("2026-11-20T10:00:00Z"),
                document,
                version,
                owner,
                null,
                "{\n  \"document_id\": \"" + document + "\",\n  \"status\": \"approved\"\n}");
    }
}
