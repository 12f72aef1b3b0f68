package io.darvoza.bankingdocs.document;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contents that a document has had, for reading. */
@Component
final class DocumentVersions {

    private static final String SELECT = """
            select v.document_id, v.no, v.storage_key, v.size, v.sha256, v.detected_type, v.page_count, v.original_name,
                   v.created_at
            from document_version v join document d on d.id = v.document_id
            where v.document_id = :id and d.deleted_at is null
            """;

    private final DatabaseClient database;

    DocumentVersions(DatabaseClient database) {
        this.database = database;
    }

    /** One version: its content, and when it came. */
    record Version(StoredContent content, @Nullable Integer pageCount, Instant uploadedAt) {}

    /** All of them, newest first. */
    Flux<Version> of(long documentId) {
        return database.sql(SELECT + " order by v.no desc")
                .bind("id", documentId)
                .map(DocumentVersions::version)
                .all();
    }

    /** One of them; empty when there is none. */
    Mono<Version> one(long documentId, int number) {
        return database.sql(SELECT + " and v.no = :number")
                .bind("id", documentId)
                .bind("number", number)
                .map(DocumentVersions::version)
                .one();
    }

    private static Version version(Readable row) {
        return new Version(
                new StoredContent(
                        required(row, "document_id", Long.class),
                        required(row, "no", Integer.class),
                        required(row, "storage_key", String.class),
                        required(row, "size", Long.class),
                        HexFormat.of().formatHex(required(row, "sha256", byte[].class)),
                        required(row, "detected_type", String.class),
                        required(row, "original_name", String.class)),
                row.get("page_count", Integer.class),
                required(row, "created_at", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
