package io.darvoza.gateway.session;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.gateway.hygiene.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** In which browsers people are signed in, and the end of it. No answer holds a session's id or a token. */
@RestController
@Tag(name = "Browser sessions")
class BrowserSessionController {

    private static final int AT_ONCE = 16;
    private static final int LONGEST_NAME = 255;

    private final SignedInBrowsers browsers;
    private final ReactiveSessionRepository<? extends Session> sessions;
    private final EndSession end;
    private final SessionEnds ends;
    private final SessionCookie cookie;

    BrowserSessionController(
            SignedInBrowsers browsers,
            ReactiveSessionRepository<? extends Session> sessions,
            EndSession end,
            SessionEnds ends,
            SessionCookie cookie) {
        this.browsers = browsers;
        this.sessions = sessions;
        this.end = end;
        this.ends = ends;
        this.cookie = cookie;
    }

    /**
     * @param subject the identity provider's id of the person
     * @param lastSeenAt the browser's last request
     * @param own whether it is the session of this very request
     */
    @Schema(name = "BrowserSession")
    record SessionResponse(
            UUID id, String username, String subject, Instant signedInAt, Instant lastSeenAt, boolean own) {}

    @Schema(name = "BrowserSessions")
    record SessionsResponse(
            List<SessionResponse> sessions, @Nullable String nextCursor) {}

    /**
     * @param own whether the caller has ended the session of this very request, and is signed out now
     * @param endedEverywhere false when the identity provider could not be told: the browser's next login may ask for no password
     */
    @Schema(name = "EndedBrowserSession")
    record EndedResponse(UUID id, String username, boolean own, boolean endedEverywhere) {}

    /** @param actor who ended it: {@code user:<subject>} or {@code client:<client id>} */
    @Schema(name = "BrowserSessionEnd")
    record EndResponse(
            UUID sessionId, Instant at, String actor, String username, String subject, boolean own, String requestId) {

        static EndResponse from(SessionEnd end) {
            return new EndResponse(
                    end.browserId(), end.at(), end.actor(), end.username(), end.subject(), end.own(), end.requestId());
        }
    }

    @Schema(name = "BrowserSessionEnds")
    record EndsResponse(List<EndResponse> ends, @Nullable String nextCursor) {}

    @GetMapping("/v1/sessions")
    @AllowedTo("payments_admin")
    @Operation(
            operationId = "listBrowserSessions",
            summary = "In which browsers people are signed in",
            description =
                    "By user name. A page may hold fewer than limit, since sessions end meanwhile; the last one has no"
                            + " next_cursor.")
    Mono<SessionsResponse> list(
            @RequestParam(required = false) @Nullable String username,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        PageRequest request = PageRequest.of(limit, cursor);
        if (username != null && username.length() > LONGEST_NAME) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/username", "at most " + LONGEST_NAME);
        }
        return own(exchange)
                .flatMap(own -> browsers.part(username, place(cursor), request.limit())
                        .flatMap(part -> response(part, own.orElse(null))));
    }

    private Mono<SessionsResponse> response(SignedInBrowsers.Part part, @Nullable UUID own) {
        return Flux.fromIterable(part.browsers())
                .flatMapSequential(browser -> response(browser, own), AT_ONCE)
                .collectList()
                .map(all -> new SessionsResponse(all, cursor(part.next())));
    }

    /** Empty when nobody is signed in there any more. */
    private Mono<SessionResponse> response(SignedInBrowser browser, @Nullable UUID own) {
        return sessions.findById(browser.session())
                .filter(session -> SessionTokens.of(session::getAttribute) != null)
                .map(session -> new SessionResponse(
                        browser.id(),
                        browser.username(),
                        browser.subject(),
                        browser.since(),
                        session.getLastAccessedTime(),
                        browser.id().equals(own)));
    }

    @DeleteMapping("/v1/sessions/{id}")
    @AllowedTo("payments_admin")
    @Operation(
            operationId = "endBrowserSession",
            summary = "Sign a browser out",
            description =
                    "Its next request gets 401, its live streams end within seconds. Written down with the caller's name.")
    Mono<EndedResponse> end(
            @PathVariable UUID id, Caller caller, @Parameter(hidden = true) ServerWebExchange exchange) {
        return own(exchange)
                .map(own -> own.filter(id::equals).isPresent())
                .flatMap(own -> end.end(id, caller, own, RequestId.of(exchange.getRequest()))
                        .delayUntil(_ -> own ? forget(exchange) : Mono.empty())
                        .map(ended -> new EndedResponse(id, ended.browser().username(), own, ended.everywhere())));
    }

    /** Else this very answer would be refused when it is to keep a session that is no more. */
    private static Mono<Void> forget(ServerWebExchange exchange) {
        return exchange.getSession().flatMap(WebSession::invalidate);
    }

    @GetMapping("/v1/sessions/ends")
    @AllowedTo({"payments_admin", "auditor"})
    @Operation(operationId = "listBrowserSessionEnds", summary = "Who signed whose browser out, newest first")
    Mono<EndsResponse> ends(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = PageRequest.of(limit, cursor);
        return ends.before(position(cursor), request.rowsToRead()).map(rows -> {
            boolean more = rows.size() > request.limit();
            List<SessionEnd> shown = more ? rows.subList(0, request.limit()) : rows;
            return new EndsResponse(
                    shown.stream().map(EndResponse::from).toList(),
                    more ? cursor(Long.toString(shown.getLast().seq())) : null);
        });
    }

    /** The browser of this request; a program has none. */
    private Mono<Optional<UUID>> own(ServerWebExchange exchange) {
        return cookie.isIn(exchange.getRequest())
                ? exchange.getSession().map(session -> Optional.ofNullable(SignedInBrowsers.idOf(session)))
                : Mono.just(Optional.empty());
    }

    private static @Nullable String cursor(@Nullable String place) {
        return place == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever it says is only a place in a list that the caller may read from anywhere, so it is not signed. */
    private static @Nullable String place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CommonProblem.INVALID_CURSOR.exception().causedBy(e);
        }
    }

    private static long position(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(Objects.requireNonNull(place(cursor)));
        } catch (NumberFormatException e) {
            throw CommonProblem.INVALID_CURSOR.exception().causedBy(e);
        }
    }
}
