package io.darvoza.gateway.session;

import io.darvoza.gateway.GatewayProblem;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The log of ended sessions: table {@code session_end}, only ever written to. */
@Component
final class SessionEnds {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DatabaseClient database;
    private final Clock clock;

    SessionEnds(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Raises {@link GatewayProblem#AUDIT_UNAVAILABLE} when it cannot be written. */
    Mono<Void> write(String actor, SignedInBrowser browser, boolean own, String requestId) {
        return Mono.defer(() -> database.sql("""
                        insert into session_end (at, actor, browser_id, subject, username, own, request_id)
                        values (:at, :actor, :browser, :subject, :username, :own, :request)
                        """)
                        .bind("at", clock.instant())
                        .bind("actor", actor)
                        .bind("browser", browser.id())
                        .bind("subject", browser.subject())
                        .bind("username", browser.username())
                        .bind("own", own)
                        .bind("request", requestId)
                        .then())
                .onErrorMap(SessionEnds::unavailable);
    }

    /** The newest before a position. */
    Mono<List<SessionEnd>> before(long seq, int limit) {
        return database.sql("""
                        select seq, at, actor, browser_id, subject, username, own, request_id
                        from session_end where seq < :seq order by seq desc limit :limit
                        """)
                .bind("seq", seq)
                .bind("limit", limit)
                .map(SessionEnds::from)
                .all()
                .collectList()
                .onErrorMap(SessionEnds::unavailable);
    }

    private static SessionEnd from(Readable row) {
        return new SessionEnd(
                Objects.requireNonNull(row.get("seq", Long.class)),
                Objects.requireNonNull(row.get("at", Instant.class)),
                text(row, "actor"),
                Objects.requireNonNull(row.get("browser_id", UUID.class)),
                text(row, "subject"),
                text(row, "username"),
                Objects.requireNonNull(row.get("own", Boolean.class)),
                text(row, "request_id"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static Throwable unavailable(Throwable fault) {
        return GatewayProblem.AUDIT_UNAVAILABLE.exception().retryAfter(PAUSE).causedBy(fault);
    }
}
