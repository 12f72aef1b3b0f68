package io.darvoza.payments.audit;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The audit log for reading. */
@RestController
@Tag(name = "Administration: audit")
class AuditController {

    private static final int MAX_FILTER = 255;

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final JsonMapper json;

    AuditController(DatabaseClient database, KeysetCursors cursors, JsonMapper json) {
        this.database = database;
        this.cursors = cursors;
        this.json = json;
    }

    /**
     * What somebody did.
     *
     * @param seq position in the log, as text
     */
    @Schema(name = "AuditEntry")
    record EntryResponse(
            UUID id,
            String seq,
            Instant at,
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after,
            @Nullable String traceId) {}

    /** Entries, newest first. */
    @Schema(name = "AuditEntries")
    record EntriesResponse(
            List<EntryResponse> entries, @Nullable String nextCursor) {}

    @GetMapping("/v1/payments/admin/audit")
    @AllowedTo({"payments_admin", "payments_compliance", "auditor"})
    @Operation(operationId = "listAuditEntries", summary = "Who did what, newest first")
    Mono<EntriesResponse> list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(name = "object_kind", required = false) @Nullable String objectKind,
            @RequestParam(name = "object_id", required = false) @Nullable String objectId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = PageRequest.of(limit, cursor);
        if (objectId != null && objectKind == null) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/object_kind", "is required with object_id");
        }
        Map<String, String> filters = new LinkedHashMap<>();
        add(filters, "actor", actor);
        add(filters, "object_kind", objectKind);
        add(filters, "object_id", objectId);
        KeysetCursor at = cursors.forQuery("payments.admin.audit", actor, objectKind, objectId);
        return Mono.fromSupplier(() -> at.read(cursor))
                .flatMap(position -> rows(filters, position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> at.after(last.seq())))
                .map(page -> new EntriesResponse(page.items(), page.nextCursor()));
    }

    private static void add(Map<String, String> filters, String column, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isEmpty() || value.length() > MAX_FILTER || value.indexOf('\0') >= 0) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/" + column, "1.." + MAX_FILTER);
        }
        filters.put(column, value);
    }

    private Mono<List<EntryResponse>> rows(Map<String, String> filters, List<String> position, int rows) {
        StringBuilder sql = new StringBuilder("select * from audit_log where true");
        Map<String, Object> values = new LinkedHashMap<>(filters);
        filters.keySet().forEach(column -> sql.append(" and %1$s = :%1$s".formatted(column)));
        if (!position.isEmpty()) {
            sql.append(" and seq < :seq");
            values.put("seq", Long.valueOf(position.getFirst()));
        }
        sql.append(" order by seq desc limit ").append(rows);
        return database.sql(sql.toString())
                .bindValues(values)
                .map(this::entry)
                .all()
                .collectList();
    }

    private EntryResponse entry(Readable row) {
        return new EntryResponse(
                value(row, "id", UUID.class),
                value(row, "seq", Long.class).toString(),
                value(row, "at", Instant.class),
                value(row, "actor", String.class),
                value(row, "action", String.class),
                value(row, "object_kind", String.class),
                value(row, "object_id", String.class),
                object(row.get("before", String.class)),
                object(row.get("after", String.class)),
                row.get("trace_id", String.class));
    }

    private @Nullable Map<String, Object> object(@Nullable String text) {
        return text == null ? null : json.readerForMapOf(Object.class).readValue(text);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
