package io.darvoza.egov.apilog;

import io.darvoza.common.database.Insert;
import io.darvoza.common.security.Caller;
import io.darvoza.common.tracing.RequestTrace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The log's rows of calls to us. */
@Component
public final class InboundCalls {

    private final ApiLog log;

    InboundCalls(ApiLog log) {
        this.log = log;
    }

    /**
     * What the log keeps of a call that became a verification, to be written with that one; nothing when such calls are not logged.
     * Who has written it says so to {@link CallNote#logged}.
     *
     * @param status which the answer is going to have
     */
    public List<Insert.Row> rows(ServerWebExchange exchange, int status, UUID verification, @Nullable String reason) {
        CallNote.Opened opened = CallNote.of(exchange).opened();
        return opened == null ? List.of() : List.of(log.row(call(exchange, opened, status, verification, reason)));
    }

    /** Writes what the note says of the call. */
    Mono<Void> write(ServerWebExchange exchange, int status) {
        CallNote note = CallNote.of(exchange);
        CallNote.Opened opened = note.opened();
        return opened == null
                ? Mono.empty()
                : log.write(call(exchange, opened, status, note.verificationId(), note.error()));
    }

    private static ApiCall call(
            ServerWebExchange exchange,
            CallNote.Opened opened,
            int status,
            @Nullable UUID verification,
            @Nullable String reason) {
        ServerHttpRequest request = exchange.getRequest();
        Caller caller = opened.caller();
        return new ApiCall(
                ApiCall.Direction.IN,
                request.getMethod().name(),
                endpoint(exchange),
                CallNote.of(exchange).number(),
                status,
                Duration.ofNanos(System.nanoTime() - opened.start()),
                null,
                verification,
                null,
                RequestTrace.id(exchange),
                caller == null ? null : caller.principalKey(),
                addressOf(request),
                request.getHeaders().getFirst(HttpHeaders.USER_AGENT),
                reason);
    }

    /** The operation's template; a path that is none may hold anything, a number too. */
    private static String endpoint(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "unknown" : pattern.toString();
    }

    /** The caller's address as the gateway saw it, which lets nobody else say so; else the connection's. */
    private static @Nullable String addressOf(ServerHttpRequest request) {
        String forwarded = request.getHeaders().getFirst("X-Forwarded-For");
        if (forwarded != null) {
            return forwarded.split(",", 2)[0].strip();
        }
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress().getHostAddress();
    }
}
