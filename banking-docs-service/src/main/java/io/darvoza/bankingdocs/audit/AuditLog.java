package io.darvoza.bankingdocs.audit;

import io.darvoza.common.database.SqlValue;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps who did what, in table {@code audit_event}; to be called in the transaction in which it is done. */
@Component
public final class AuditLog {

    private final DatabaseClient database;
    private final Clock clock;

    AuditLog(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One line of the log.
     *
     * @param actor {@code Caller.principalKey()}, or {@code link}
     * @param action a fixed name, such as {@code document.edited}
     * @param detail names of fields, a reason; never a person's data
     */
    public record Entry(
            String actor,
            String action,
            @Nullable Long documentId,
            @Nullable Long userId,
            @Nullable Long contractId,
            @Nullable String detail) {

        public static Entry ofDocument(String actor, String action, long documentId, @Nullable String detail) {
            return new Entry(actor, action, documentId, null, null, detail);
        }

        public static Entry ofUser(String actor, String action, long userId, @Nullable String detail) {
            return new Entry(actor, action, null, userId, null, detail);
        }

        public static Entry ofContract(
                String actor, String action, long contractId, @Nullable Long documentId, @Nullable String detail) {
            return new Entry(actor, action, documentId, null, contractId, detail);
        }
    }

    public Mono<Void> add(Entry entry) {
        return database.sql("""
                        insert into audit_event (at, actor, action, document_id, user_id, contract_id, detail)
                        values (:at, :actor, :action, :document, :user, :contract, :detail)
                        """)
                .bind("at", clock.instant())
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("document", SqlValue.of(Long.class, entry.documentId()))
                .bind("user", SqlValue.of(Long.class, entry.userId()))
                .bind("contract", SqlValue.of(Long.class, entry.contractId()))
                .bind("detail", SqlValue.of(String.class, entry.detail()))
                .then();
    }
}
