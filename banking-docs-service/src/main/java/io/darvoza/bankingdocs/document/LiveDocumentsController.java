package io.darvoza.bankingdocs.document;

import io.darvoza.common.feed.Feed;
import io.darvoza.common.live.LiveStreams;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents of all clients as things happen to them, as server-sent events. Who comes back with the last id as
 * {@code Last-Event-ID} misses nothing. Who was away too long gets {@code resync}: read the list anew.
 */
@RestController
@Tag(name = "АБС")
class LiveDocumentsController {

    private final Feed<DocumentFeedItem> feed;
    private final LiveStreams streams;
    private final DocumentProperties properties;
    private final JsonMapper json;

    LiveDocumentsController(
            Feed<DocumentFeedItem> feed, LiveStreams streams, DocumentProperties properties, JsonMapper json) {
        this.feed = feed;
        this.streams = streams;
        this.properties = properties;
        this.json = json;
    }

    /** What employees are told: nothing of the client but the document's number. */
    @Schema(name = "DocumentEvent")
    record EventItem(String kind, Instant at, long documentId, String status) {}

    @GetMapping(path = "/v1/abs/documents/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @AllowedTo({"abs_worker", "bank_admin", "auditor"})
    @Operation(
            operationId = "streamDocuments",
            summary = "What happens to documents, live",
            description =
                    "event is uploaded, status-changed, linked, link-changed, deleted, held or released; id is the place,"
                            + " and Last-Event-ID goes on behind it.")
    Flux<ServerSentEvent<String>> stream(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last, Caller caller) {
        return streams.sse(feed.events(last, properties.replay(), this::event), caller.expiresAt());
    }

    private ServerSentEvent<String> event(DocumentFeedItem item) {
        return ServerSentEvent.<String>builder()
                .id(Long.toString(item.seq()))
                .event(item.kind())
                .data(json.writeValueAsString(new EventItem(
                        item.kind(), item.at(), item.documentId(), item.status().word())))
                .build();
    }
}
