package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Which documents belong to which contracts, in table {@code contract_document}. */
@Component
final class ContractLinks {

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    ContractLinks(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /**
     * One link.
     *
     * @param rowVersion grows with every change; its ETag
     */
    record Link(long contractId, long documentId, LinkStatus status, long rowVersion) {

        Link moved(LinkStatus target) {
            return new Link(contractId, documentId, target, rowVersion + 1);
        }
    }

    /** A document of a contract, as lists show it. */
    record LinkedDocument(
            long linkId,
            long documentId,
            String description,
            int documentStatusId,
            String documentStatus,
            LinkStatus linkStatus,
            Instant linkedAt) {}

    /** A link, which nobody else changes until the end of the transaction; empty when there is none. */
    Mono<Link> lock(long contractId, long documentId) {
        return database.sql("""
                        select operation_status_id, row_version from contract_document
                        where contract_id = :contract and document_id = :document for no key update
                        """)
                .bind("contract", contractId)
                .bind("document", documentId)
                .map(row -> new Link(
                        contractId,
                        documentId,
                        status(required(row, "operation_status_id", Integer.class)),
                        required(row, "row_version", Long.class)))
                .one();
    }

    /** Adds a link, or writes a changed one, which the transaction holds by {@link #lock}. */
    Mono<Void> save(Link link, Instant now) {
        return database.sql("""
                        insert into contract_document (contract_id, document_id, operation_status_id, linked_at, row_version)
                        values (:contract, :document, :status, :now, :version)
                        on conflict (contract_id, document_id) do update
                        set operation_status_id = excluded.operation_status_id, row_version = excluded.row_version
                        """)
                .bind("contract", link.contractId())
                .bind("document", link.documentId())
                .bind("status", link.status().id())
                .bind("now", now)
                .bind("version", link.rowVersion())
                .then();
    }

    /**
     * The documents of a contract in the order in which they were linked; deleted ones are no longer among them.
     *
     * @param status of the link; null for all but revoked ones
     */
    Mono<Page<LinkedDocument>> documents(long contractId, @Nullable LinkStatus status, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("sm.contract-documents", contractId, status);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(contractId, status, position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> cursor.after(last.linkId())));
    }

    private Mono<List<LinkedDocument>> rows(
            long contractId, @Nullable LinkStatus status, List<String> position, int rows) {
        return database.sql("""
                        select l.id, l.document_id, d.description, d.status_id, o.status, l.operation_status_id, l.linked_at
                        from contract_document l
                        join document d on d.id = l.document_id and d.deleted_at is null
                        join operation o on o.id = d.status_id
                        where l.contract_id = :contract and l.operation_status_id = any(:statuses) and l.id > :last
                        order by l.id limit :rows
                        """)
                .bind("contract", contractId)
                .bind("statuses", status == null ? new Integer[] {1, 2, 3} : new Integer[] {status.id()})
                .bind("last", position.isEmpty() ? 0L : Long.parseLong(position.getFirst()))
                .bind("rows", rows)
                .map(ContractLinks::linkedDocument)
                .all()
                .collectList();
    }

    private static LinkedDocument linkedDocument(Readable row) {
        return new LinkedDocument(
                required(row, "id", Long.class),
                required(row, "document_id", Long.class),
                required(row, "description", String.class),
                required(row, "status_id", Integer.class),
                required(row, "status", String.class),
                status(required(row, "operation_status_id", Integer.class)),
                required(row, "linked_at", Instant.class));
    }

    private static LinkStatus status(int id) {
        return LinkStatus.ofNumber(id).orElseThrow(() -> new IllegalStateException("no link status " + id));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
