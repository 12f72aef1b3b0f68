package io.darvoza.gateway.events;

import io.darvoza.common.live.LiveStreams;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedToSignedIn;
import io.darvoza.common.security.Caller;
import io.darvoza.gateway.GatewayProblem;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The caller's own events of all services, live. */
@RestController
class EventsController {

    private static final Logger log = LoggerFactory.getLogger(EventsController.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final OwnEvents events;
    private final OpenStreams open;
    private final LiveStreams live;

    EventsController(OwnEvents events, OpenStreams open, LiveStreams live) {
        this.events = events;
        this.open = open;
        this.live = live;
    }

    /**
     * Server-sent events until the caller's token ends. {@code id} is where to go on: sent back as {@code Last-Event-ID} (or
     * {@code last_event_id}, for a client that cannot set the header) it brings what happened since, or one event
     * {@code resync} when that is not known any more. Without it the stream begins now.
     */
    @AllowedToSignedIn
    @GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            Caller caller,
            @Parameter(hidden = true) @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "last_event_id", required = false) @Nullable String lastEventIdParameter) {
        open.requirePlace(caller.principalKey());
        List<String> owners = Owners.of(caller, token.getClaimAsString("partner"));
        Position asked = position(lastEventId != null ? lastEventId : lastEventIdParameter);
        return events.begin(owners, asked)
                .onErrorMap(EventsController::unavailable)
                .map(start -> stream(caller, owners, start));
    }

    /** An empty id is what a browser sends that has not yet got one. */
    private static @Nullable Position position(@Nullable String id) {
        return id == null || id.isEmpty() ? null : Position.parse(id);
    }

    private ResponseEntity<Flux<ServerSentEvent<String>>> stream(Caller caller, List<String> owners, Position start) {
        Flux<ServerSentEvent<String>> own = events.from(owners, start).onErrorResume(fault -> {
            log.info("a live stream ends: its events cannot be read ({})", fault.toString());
            return Flux.empty();
        });
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(open.counted(caller.principalKey(), live.sse(own, caller.expiresAt())));
    }

    private static ProblemException unavailable(Throwable fault) {
        return GatewayProblem.EVENTS_UNAVAILABLE
                .exception()
                .retryAfter(RETRY_AFTER)
                .causedBy(fault);
    }
}
