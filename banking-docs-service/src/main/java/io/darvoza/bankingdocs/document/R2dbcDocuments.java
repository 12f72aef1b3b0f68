package io.darvoza.bankingdocs.document;

import static java.util.Map.entry;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.document.model.StatusDecision;
import io.darvoza.bankingdocs.document.model.Validity;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
    public Mono<Kept> keptBy(long ownerId, int categoryId, String sha256, Instant since) {
        return database.sql("""
                        select count(distinct d.id) documents, coalesce(sum(v.size), 0)::bigint bytes,
                               (select s.id from document_version w join document s on s.id = w.document_id
                                where w.sha256 = :sha256 and w.created_at > :since
                                  and s.user_id = :owner and s.category_id = :category and s.deleted_at is null
                                order by s.id desc limit 1) same
                        from document d join document_version v on v.document_id = d.id
                        where d.user_id = :owner and d.deleted_at is null
                        """)
                .bind("sha256", HexFormat.of().parseHex(sha256))
                .bind("since", since)
                .bind("owner", ownerId)
                .bind("category", categoryId)
                .map(row -> new Kept(
                        required(row, "documents", Long.class),
                        required(row, "bytes", Long.class),
                        row.get("same", Long.class)))
                .one();
    }

    @Override
    public Mono<Void> lockOwner(long ownerId) {
        return database.sql("select 1 from user_account where id = :owner for no key update")
                .bind("owner", ownerId)
                .then();
    }

    @Override
    public Mono<Long> lockOwnerForOneMore(long ownerId) {
        return database.sql("""
                        select nextval(pg_get_serial_sequence('document', 'id')) from user_account where id = :owner
                        for no key update
                        """).bind("owner", ownerId).mapValue(Long.class).one();
    }

    @Override
    public Mono<Long> nextId() {
        return database.sql("select nextval(pg_get_serial_sequence('document', 'id'))")
                .mapValue(Long.class)
                .one();
    }

    @Override
    public Mono<Void> add(Document document, DocumentFile file, long uploaderId, String actor) {
        return Write.together(
                database,
                List.of(
                        row(document),
                        version(document, file, uploaderId, document.uploadedAt()),
                        arrival(document, actor)));
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

    @Override
    public Mono<Void> addVersion(Document document, DocumentFile file, long uploaderId, Instant now) {
        return Write.together(database, List.of(version(document, file, uploaderId, now)));
    }

    private static Write row(Document document) {
        return new Write(
                """
                insert into document (id, user_id, category_id, description, status_id, current_version,
                                      actual_date, actual_end_date, plan_maturity_date, uploaded_at, row_version)
                values (:id, :owner, :category, :description, :status, :version,
                        :from, :until, :due, :uploadedAt, :rowVersion)
                """,
                Map.ofEntries(
                        entry("id", document.id()),
                        entry("owner", document.ownerId()),
                        entry("category", document.categoryId()),
                        entry("description", document.description()),
                        entry("status", document.status().id()),
                        entry("version", document.version()),
                        entry(
                                "from",
                                SqlValue.of(LocalDate.class, document.validity().from())),
                        entry(
                                "until",
                                SqlValue.of(LocalDate.class, document.validity().until())),
                        entry("due", document.planMaturityDate()),
                        entry("uploadedAt", document.uploadedAt()),
                        entry("rowVersion", document.rowVersion())),
                _ -> Mono.empty());
    }

    private static Write version(Document document, DocumentFile file, long uploaderId, Instant now) {
        return new Write(
                """
                insert into document_version (document_id, no, storage_key, size, sha256, declared_type,
                                              detected_type, page_count, scan_status, original_name,
                                              created_by, created_at)
                values (:id, :version, :key, :size, :sha256, :declaredType,
                        :type, :pages, :scan, :name, :uploader, :now)
                """,
                Map.ofEntries(
                        entry("id", document.id()),
                        entry("version", document.version()),
                        entry("key", file.key()),
                        entry("size", file.size()),
                        entry("sha256", HexFormat.of().parseHex(file.sha256())),
                        entry("declaredType", file.declaredType()),
                        entry("type", file.type()),
                        entry("pages", SqlValue.of(Integer.class, file.pageCount())),
                        entry("scan", file.scanned() ? "clean" : "not_scanned"),
                        entry("name", file.originalName()),
                        entry("uploader", uploaderId),
                        entry("now", now)),
                _ -> Mono.empty());
    }

    private static Write arrival(Document document, String actor) {
        return new Write(
                """
                insert into stat (document_id, user_id, date, operation_status_id, actor)
                values (:id, :owner, :at, :status, :actor)
                """,
                Map.of(
                        "id", document.id(),
                        "owner", document.ownerId(),
                        "at", document.uploadedAt(),
                        "status", document.status().id(),
                        "actor", actor),
                _ -> Mono.empty());
    }
}
