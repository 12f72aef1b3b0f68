package io.darvoza.payments.order;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.order.model.Command;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** T18 by a document: what waited for it goes on when it is approved, and is flagged when it is rejected. */
@Service
final class SupportingDocuments {

    /** What an approved document goes on to. */
    private static final Set<String> AFTER_APPROVAL = Set.of("processed", "archived");

    private final DatabaseClient database;
    private final CommandOrder command;
    private final Clock clock;

    SupportingDocuments(DatabaseClient database, CommandOrder command, Clock clock) {
        this.database = database;
        this.command = command;
        this.clock = clock;
    }

    /** Keeps the document's status, and tells the orders that wait for it. In the caller's transaction. */
    Mono<Void> changed(DocumentStatusV1 document, long version) {
        return keep(document, version).then(Mono.defer(() -> switch (document.status()) {
            case "approved", "processed", "archived" -> release(document.documentId());
            case "rejected" -> flag(document.documentId());
            default -> Mono.empty();
        }));
    }

    private Mono<Void> keep(DocumentStatusV1 document, long version) {
        return database.sql("""
                        insert into supporting_document (id, status, version) values (:id, :status, :version)
                        on conflict (id) do update set status = excluded.status, version = excluded.version
                        where supporting_document.version < excluded.version
                        """)
                .bind("id", document.documentId())
                .bind("status", AFTER_APPROVAL.contains(document.status()) ? "approved" : document.status())
                .bind("version", version)
                .then();
    }

    private Mono<Void> release(long document) {
        return database.sql("select uid from payment_order where supporting_document = :id and held_at is not null")
                .bind("id", document)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapIterable(uids -> uids)
                .concatMap(
                        uid -> command.inTransaction(CommandOrder.Call.of(uid, Actors.DOCUMENTS, new Command.Unhold()))
                                .onErrorResume(ProblemException.class, _ -> Mono.empty()))
                .then();
    }

    private Mono<Void> flag(long document) {
        return database.sql("""
                        update payment_order set document_rejected_at = :now
                        where supporting_document = :id and held_at is not null
                        """)
                .bind("now", clock.instant())
                .bind("id", document)
                .then();
    }
}
