package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.bankingdocs.document.model.Validity;
import io.darvoza.common.database.SqlValue;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Documents} in tables {@code document}, {@code document_version} and {@code stat}. */
@Component
final class R2dbcDocuments implements Documents {

    private final DatabaseClient database;

    R2dbcDocuments(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Usage> usageOf(long ownerId) {
        return database.sql("""
                        select count(distinct d.id) documents, coalesce(sum(v.size), 0)::bigint bytes
                        from document d join document_version v on v.document_id = d.id
                        where d.user_id = :owner and d.deleted_at is null
                        """)
                .bind("owner", ownerId)
                .map(row -> new Usage(
                        Objects.requireNonNull(row.get("documents", Long.class)),
                        Objects.requireNonNull(row.get("bytes", Long.class))))
                .one();
    }

    @Override
    public Mono<Long> duplicateOf(long ownerId, int categoryId, String sha256, Instant since) {
        return database.sql("""
                        select d.id from document_version v join document d on d.id = v.document_id
                        where v.sha256 = :sha256 and v.created_at > :since
                          and d.user_id = :owner and d.category_id = :category and d.deleted_at is null
                        order by d.id desc limit 1
                        """)
                .bind("sha256", HexFormat.of().parseHex(sha256))
                .bind("since", since)
                .bind("owner", ownerId)
                .bind("category", categoryId)
                .mapValue(Long.class)
                .one();
    }

    @Override
    public Mono<Void> lockOwner(long ownerId) {
        return database.sql("select 1 from user_account where id = :owner for no key update")
                .bind("owner", ownerId)
                .then();
    }

    @Override
    public Mono<Long> nextId() {
        return database.sql("select nextval(pg_get_serial_sequence('document', 'id'))")
                .mapValue(Long.class)
                .one();
    }

    @Override
    public Mono<Void> add(Document document, DocumentFile file, long uploaderId, String actor) {
        return insertDocument(document)
                .then(addVersion(document, file, uploaderId, document.uploadedAt()))
                .then(insertHistory(document, actor));
    }

    @Override
    public Mono<Document> lock(long id) {
        return database.sql("""
                        select id, user_id, worker_id, category_id, description, status_id, current_version, actual_date,
                               actual_end_date, plan_maturity_date, fact_maturity_date, legal_hold, uploaded_at, row_version
                        from document where id = :id and deleted_at is null for no key update
                        """).bind("id", id).map(R2dbcDocuments::document).one();
    }

    private static Document document(Readable row) {
        return new Document(
                required(row, "id", Long.class),
                required(row, "user_id", Long.class),
                row.get("worker_id", Long.class),
                required(row, "category_id", Integer.class),
                required(row, "description", String.class),
                DocumentStatus.ofId(required(row, "status_id", Integer.class)),
                required(row, "current_version", Integer.class),
                new Validity(row.get("actual_date", LocalDate.class), row.get("actual_end_date", LocalDate.class)),
                required(row, "plan_maturity_date", LocalDate.class),
                row.get("fact_maturity_date", LocalDate.class),
                required(row, "legal_hold", Boolean.class),
                required(row, "uploaded_at", Instant.class),
                required(row, "row_version", Long.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    @Override
    public Mono<Void> save(Document document) {
        return database.sql("""
                        update document set worker_id = :worker, category_id = :category, description = :description,
                            status_id = :status, current_version = :version, actual_date = :from, actual_end_date = :until,
                            plan_maturity_date = :due, fact_maturity_date = :ended, legal_hold = :held,
                            retain_until = :ended + (select retention_days from category where id = :category),
                            row_version = :rowVersion
                        where id = :id and row_version = :rowVersion - 1
                        """)
                .bind("id", document.id())
                .bind("worker", SqlValue.of(Long.class, document.workerId()))
                .bind("category", document.categoryId())
                .bind("description", document.description())
                .bind("status", document.status().id())
                .bind("version", document.version())
                .bind("from", SqlValue.of(LocalDate.class, document.validity().from()))
                .bind("until", SqlValue.of(LocalDate.class, document.validity().until()))
                .bind("due", document.planMaturityDate())
                .bind("ended", SqlValue.of(LocalDate.class, document.factMaturityDate()))
                .bind("held", document.legalHold())
                .bind("rowVersion", document.rowVersion())
                .fetch()
                .rowsUpdated()
                .doOnNext(rows -> requireOne(rows, document))
                .then();
    }

    private static void requireOne(long rows, Document document) {
        if (rows != 1) {
            throw new IllegalStateException("document " + document.id() + " was changed without its lock");
        }
    }

    @Override
    public Mono<String> typeOf(Document document) {
        return database.sql("select detected_type from document_version where document_id = :id and no = :version")
                .bind("id", document.id())
                .bind("version", document.version())
                .mapValue(String.class)
                .one();
    }

    @Override
    public Mono<Boolean> hasActiveLink(long id) {
        return database.sql("""
                        select exists (select from contract_document where document_id = :id and operation_status_id = 1)
                        """).bind("id", id).mapValue(Boolean.class).one();
    }

    @Override
    public Mono<Void> delete(Document document, Instant now) {
        return database.sql("update document set deleted_at = :now, row_version = row_version + 1 where id = :id")
                .bind("now", now)
                .bind("id", document.id())
                .then();
    }

    @Override
    public Mono<Void> note(StatusDecision.Moved moved, String actor, @Nullable String reason, Instant now) {
        return database.sql("""
                        insert into stat (document_id, user_id, date, operation_status_id, from_status_id, actor, reason)
                        values (:id, :owner, :at, :status, :from, :actor, :reason)
                        """)
                .bind("id", moved.document().id())
                .bind("owner", moved.document().ownerId())
                .bind("at", now)
                .bind("status", moved.document().status().id())
                .bind("from", moved.from().id())
                .bind("actor", actor)
                .bind("reason", SqlValue.of(String.class, reason))
                .then();
    }

    private Mono<Void> insertDocument(Document document) {
        return database.sql("""
                        insert into document (id, user_id, category_id, description, status_id, current_version,
                                              actual_date, actual_end_date, plan_maturity_date, uploaded_at, row_version)
                        values (:id, :owner, :category, :description, :status, :version,
                                :from, :until, :due, :uploadedAt, :rowVersion)
                        """)
                .bind("id", document.id())
                .bind("owner", document.ownerId())
                .bind("category", document.categoryId())
                .bind("description", document.description())
                .bind("status", document.status().id())
                .bind("version", document.version())
                .bind("from", SqlValue.of(LocalDate.class, document.validity().from()))
                .bind("until", SqlValue.of(LocalDate.class, document.validity().until()))
                .bind("due", document.planMaturityDate())
                .bind("uploadedAt", document.uploadedAt())
                .bind("rowVersion", document.rowVersion())
                .then();
    }

    @Override
    public Mono<Void> addVersion(Document document, DocumentFile file, long uploaderId, Instant now) {
        return database.sql("""
                        insert into document_version (document_id, no, storage_key, size, sha256, declared_type,
                                                      detected_type, page_count, scan_status, original_name,
                                                      created_by, created_at)
                        values (:id, :version, :key, :size, :sha256, :declaredType,
                                :type, :pages, :scan, :name, :uploader, :now)
                        """)
                .bind("id", document.id())
                .bind("version", document.version())
                .bind("key", file.key())
                .bind("size", file.size())
                .bind("sha256", HexFormat.of().parseHex(file.sha256()))
                .bind("declaredType", file.declaredType())
                .bind("type", file.type())
                .bind("pages", SqlValue.of(Integer.class, file.pageCount()))
                .bind("scan", file.scanned() ? "clean" : "not_scanned")
                .bind("name", file.originalName())
                .bind("uploader", uploaderId)
                .bind("now", now)
                .then();
    }

    private Mono<Void> insertHistory(Document document, String actor) {
        return database.sql("""
                        insert into stat (document_id, user_id, date, operation_status_id, actor)
                        values (:id, :owner, :at, :status, :actor)
                        """)
                .bind("id", document.id())
                .bind("owner", document.ownerId())
                .bind("at", document.uploadedAt())
                .bind("status", document.status().id())
                .bind("actor", actor)
                .then();
    }
}
