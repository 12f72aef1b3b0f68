package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A document as people read it: its row, the words of its dictionaries and its current file. */
record DocumentView(
        long id,
        long ownerId,
        String ownerSubject,
        @Nullable Long workerId,
        int categoryId,
        String category,
        String description,
        DocumentStatus status,
        Instant uploadedAt,
        @Nullable LocalDate actualDate,
        @Nullable LocalDate actualEndDate,
        LocalDate planMaturityDate,
        @Nullable LocalDate factMaturityDate,
        boolean legalHold,
        long rowVersion,
        int version,
        String storageKey,
        long size,
        String sha256,
        String contentType,
        @Nullable Integer pageCount,
        String fileName) {

    /** What {@link #from} reads; aliases {@code d} and {@code v} may be used in conditions. */
    static final String SELECT = """
            select d.id, d.user_id, a.keycloak_sub, d.worker_id, d.category_id, c.type category, d.description, d.status_id,
                   d.uploaded_at, d.actual_date, d.actual_end_date, d.plan_maturity_date, d.fact_maturity_date, d.legal_hold, d.row_version,
                   v.no, v.storage_key, v.size, v.sha256, v.detected_type, v.page_count, v.original_name
            from document d
            join document_version v on v.document_id = d.id and v.no = d.current_version
            join category c on c.id = d.category_id
            join user_account a on a.id = d.user_id
            where d.deleted_at is null
            """;

    static DocumentView from(Readable row) {
        return new DocumentView(
                required(row, "id", Long.class),
                required(row, "user_id", Long.class),
                required(row, "keycloak_sub", String.class),
                row.get("worker_id", Long.class),
                required(row, "category_id", Integer.class),
                required(row, "category", String.class),
                required(row, "description", String.class),
                DocumentStatus.ofId(required(row, "status_id", Integer.class)),
                required(row, "uploaded_at", Instant.class),
                row.get("actual_date", LocalDate.class),
                row.get("actual_end_date", LocalDate.class),
                required(row, "plan_maturity_date", LocalDate.class),
                row.get("fact_maturity_date", LocalDate.class),
                required(row, "legal_hold", Boolean.class),
                required(row, "row_version", Long.class),
                required(row, "no", Integer.class),
                required(row, "storage_key", String.class),
                required(row, "size", Long.class),
                HexFormat.of().formatHex(required(row, "sha256", byte[].class)),
                required(row, "detected_type", String.class),
                row.get("page_count", Integer.class),
                required(row, "original_name", String.class));
    }

    LocalDate uploadDate() {
        return LocalDate.ofInstant(uploadedAt, ZoneOffset.UTC);
    }

    /** Where the content is read; through this service, never the store's own address. */
    String link() {
        return "/v1/abs/documents/" + id + "/content";
    }

    /** Where it is told what has happened to it. */
    String historyLink() {
        return "/v1/abs/documents/" + id + "/history";
    }

    StoredContent content() {
        return new StoredContent(id, version, storageKey, size, sha256, contentType, fileName);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
