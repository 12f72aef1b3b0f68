package io.darvoza.payments.audit;

import io.darvoza.common.id.TimeOrderedIds;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@link AuditLog} in table {@code audit_log}. */
@Component
final class R2dbcAuditLog implements AuditLog {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final Clock clock;

    R2dbcAuditLog(DatabaseClient database, JsonMapper json, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> write(
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Object before,
            @Nullable Object after,
            @Nullable String traceId) {
        return Mono.defer(() -> database.sql("""
                        insert into audit_log (id, at, actor, action, object_kind, object_id, before, after, trace_id)
                        values (:id, :at, :actor, :action, :kind, :object,
                                cast(:before as jsonb), cast(:after as jsonb), :trace)
                        """)
                .bind("id", ids.next())
                .bind("at", clock.instant())
                .bind("actor", actor)
                .bind("action", action)
                .bind("kind", objectKind)
                .bind("object", objectId)
                .bind("before", text(before == null ? null : json.writeValueAsString(before)))
                .bind("after", text(after == null ? null : json.writeValueAsString(after)))
                .bind("trace", text(traceId))
                .then());
    }

    private static Object text(@Nullable String value) {
        return value == null ? Parameters.in(R2dbcType.VARCHAR) : value;
    }
}
