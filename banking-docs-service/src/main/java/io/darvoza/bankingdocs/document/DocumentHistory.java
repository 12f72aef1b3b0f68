package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** The history of a document for reading, from table {@code stat}. */
@Component
final class DocumentHistory {

    /** Nobody's document changes more often; the bound keeps the answer finite. */
    private static final int MOST = 1000;

    static final String SELECT = """
            select s.operation_status_id, s.from_status_id, s.date, s.reason, a.id, a.user_type_id,
                   case when s.actor like 'user:%' or s.actor like 'client:%' then null else s.actor end outsider
            from stat s
            left join user_account a on s.actor like 'user:%' and a.keycloak_sub = substring(s.actor from 6)
            where s.document_id = :id order by s.id limit :most
            """;

    private final DatabaseClient database;

    DocumentHistory(DatabaseClient database) {
        this.database = database;
    }

    /**
     * One change.
     *
     * @param fromStatus absent for the arrival
     * @param by {@code client}, {@code bank}, or the name of an outside system such as {@code core-banking}
     * @param workerId number of the employee, when it was one
     */
    @Schema(name = "DocumentChange")
    record Change(
            String status,
            @Nullable String fromStatus,
            Instant changedAt,
            String by,
            @Nullable Long workerId,
            @Nullable String reason) {}

    /** The changes of a document, oldest first. */
    Flux<Change> of(long documentId) {
        return database.sql(SELECT)
                .bind("id", documentId)
                .bind("most", MOST)
                .map(DocumentHistory::change)
                .all();
    }

    private static Change change(Readable row) {
        Integer from = row.get("from_status_id", Integer.class);
        Integer type = row.get("user_type_id", Integer.class);
        String outsider = row.get("outsider", String.class);
        boolean byClient = type != null && type == 1;
        return new Change(
                DocumentStatus.ofId(Objects.requireNonNull(row.get("operation_status_id", Integer.class)))
                        .word(),
                from == null ? null : DocumentStatus.ofId(from).word(),
                Objects.requireNonNull(row.get("date", Instant.class)),
                outsider != null ? outsider : byClient ? "client" : "bank",
                byClient ? null : row.get("id", Long.class),
                row.get("reason", String.class));
    }
}
