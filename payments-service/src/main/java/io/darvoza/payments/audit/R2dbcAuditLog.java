package io.darvoza.payments.audit;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@link AuditLog} in table {@code audit_log}. */
@Component
final class R2dbcAuditLog implements AuditLog {

    private static final String INSERT = """
            insert into audit_log (id, at, actor, action, object_kind, object_id, before, after, trace_id)
            values (:id, :at, :actor, :action, :kind, :object, cast(:before as jsonb), cast(:after as jsonb), :trace)
            """;

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
        return Mono.defer(() ->
                Write.together(database, List.of(row(actor, action, objectKind, objectId, before, after, traceId))));
    }

    @Override
    public Write entry(
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Object before,
            @Nullable Object after) {
        return row(actor, action, objectKind, objectId, before, after, null);
    }

    private Write row(
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Object before,
            @Nullable Object after,
            @Nullable String traceId) {
        return new Write(
                INSERT,
                Map.of(
                        "id",
                        ids.next(),
                        "at",
                        clock.instant(),
                        "actor",
                        actor,
                        "action",
                        action,
                        "kind",
                        objectKind,
                        "object",
                        objectId,
                        "before",
                        json(before),
                        "after",
                        json(after),
                        "trace",
                        SqlValue.of(String.class, traceId)),
                _ -> Mono.empty());
    }

    private Object json(@Nullable Object state) {
        return SqlValue.of(String.class, state == null ? null : json.writeValueAsString(state));
    }
}
