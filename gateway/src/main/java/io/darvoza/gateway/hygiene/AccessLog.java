package io.darvoza.gateway.hygiene;

import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.gateway.RequestPrincipal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * One line per request: {@code PUT /v1/dbo/documents 201 12ms route=banking-docs-upload caller=user id=…}.
 * Without the query, without what a path segment holds that may be an id or a capability, and without anything that names
 * a person.
 */
@Component
public final class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("io.darvoza.gateway.access");

    private static final String ROUTE = AccessLog.class.getName() + ".route";
    private static final int LONGEST_WORD = 32;

    /** Notes where the request goes. */
    public static void route(ServerWebExchange exchange, String id) {
        exchange.getAttributes().put(ROUTE, id);
    }

    void write(ServerWebExchange exchange, long nanos, boolean cancelled) {
        if (!log.isInfoEnabled()) {
            return;
        }
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        StringBuilder line = new StringBuilder(160)
                .append(exchange.getRequest().getMethod().name())
                .append(' ');
        appendShape(line, exchange.getRequest().getURI().getRawPath());
        line.append(' ')
                .append(status == null ? 200 : status.value())
                .append(cancelled ? " cancelled " : " ")
                .append(Duration.ofNanos(nanos).toMillis())
                .append("ms route=")
                .append(exchange.getAttributeOrDefault(ROUTE, "gateway"))
                .append(" caller=")
                .append(callerKind(exchange))
                .append(" id=")
                .append(RequestId.of(exchange.getRequest()));
        RequestTrace.inLog(exchange, () -> log.info(line.toString()));
    }

    /** What kind of caller it is, never which one. */
    private static String callerKind(ServerWebExchange exchange) {
        RequestPrincipal principal = RequestPrincipal.of(exchange);
        if (principal == null) {
            return "anonymous";
        }
        return principal.isProgram() ? "client" : "user";
    }

    /** The path with {@code *} for every segment that is not a plain word. */
    static void appendShape(StringBuilder line, String path) {
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (isWord(path, start, end)) {
                line.append(path, start, end);
            } else {
                line.append('*');
            }
            if (slash >= 0) {
                line.append('/');
            }
            start = end + 1;
        }
    }

    /** Letters, and what joins them; a digit only behind a {@code v}, or it may be an id. */
    private static boolean isWord(String path, int start, int end) {
        if (end - start > LONGEST_WORD) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean version = c >= '0' && c <= '9' && i == start + 1 && path.charAt(start) == 'v';
            if (!letter && !version && "-_.".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
