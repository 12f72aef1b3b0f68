package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Type;
import java.time.Instant;
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
                .then(insertVersion(document, file, uploaderId))
                .then(insertHistory(document, actor));
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
                .bind("from", nullable(R2dbcType.DATE, document.validity().from()))
                .bind("until", nullable(R2dbcType.DATE, document.validity().until()))
                .bind("due", document.planMaturityDate())
                .bind("uploadedAt", document.uploadedAt())
                .bind("rowVersion", document.rowVersion())
                .then();
    }

    private Mono<Void> insertVersion(Document document, DocumentFile file, long uploaderId) {
        return database.sql("""
                        insert into document_version (document_id, no, storage_key, size, sha256, declared_type,
                                                      detected_type, page_count, scan_status, original_name,
                                                      created_by, created_at)
                        values (:id, :version, :key, :size, :sha256, :declaredType,
                                :type, :pages, 'not_scanned', :name, :uploader, :uploadedAt)
                        """)
                .bind("id", document.id())
                .bind("version", document.version())
                .bind("key", file.key())
                .bind("size", file.size())
                .bind("sha256", HexFormat.of().parseHex(file.sha256()))
                .bind("declaredType", file.declaredType())
                .bind("type", file.type())
                .bind("pages", nullable(R2dbcType.INTEGER, file.pageCount()))
                .bind("name", file.originalName())
                .bind("uploader", uploaderId)
                .bind("uploadedAt", document.uploadedAt())
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

    private static Object nullable(Type type, @Nullable Object value) {
        return value == null ? Parameters.in(type) : Parameters.in(type, value);
    }
}
