package io.darvoza.egov.audit;

import io.darvoza.common.id.TimeOrderedIds;
import java.time.Clock;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@link AuditLog} in table {@code audit_log}, which lets rows in and never changes them. */
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
    public Mono<Void> write(String actor, String action, String objectKind, String objectId, Map<String, ?> details) {
        return Mono.defer(() -> database.sql("""
                        insert into audit_log (id, at, actor, action, object_kind, object_id, details)
                        values (:id, :at, :actor, :action, :kind, :object, cast(:details as jsonb))
                        """)
                .bind("id", ids.next())
                .bind("at", clock.instant())
                .bind("actor", actor)
                .bind("action", action)
                .bind("kind", objectKind)
                .bind("object", objectId)
                .bind("details", json.writeValueAsString(details))
                .then());
    }
}
