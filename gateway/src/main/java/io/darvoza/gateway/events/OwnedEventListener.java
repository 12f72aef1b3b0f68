package io.darvoza.gateway.events;

import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.springframework.kafka.annotation.KafkaListener;

/** Puts every event into its owner's stream. An offset is committed only after its event is there. */
final class OwnedEventListener {

    private final EventStreams streams;
    private final Duration patience;
    private final MeterRegistry meters;

    OwnedEventListener(EventStreams streams, EventsProperties properties, MeterRegistry meters) {
        this.streams = streams;
        // The call to Redis has its own time-out, which is to come first.
        this.patience = properties.timeout().plusSeconds(1);
        this.meters = meters;
    }

    @KafkaListener(
            id = "owned-events",
            groupId = "${darvoza.gateway.events.group:gateway-events}",
            topics = "#{@ownedEventTopics}")
    void on(SuiteEvent event) {
        EventStreams.Outcome outcome =
                Objects.requireNonNull(Await.within(streams.append(event), patience), "Redis gave no answer");
        meters.counter("darvoza.events.received", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
