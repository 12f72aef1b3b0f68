package io.darvoza.bankingdocs.local;

import io.darvoza.common.crypto.Sha256;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents 789 and 790 of client 123, and the contract 101 that the first is linked to. */
@Component
@Profile("local")
final class LocalDocuments {

    /** One document as the seed prints it; status ids are those of the dictionary. */
    record Sample(
            long id,
            String title,
            String description,
            int categoryId,
            int statusId,
            int rowVersion,
            int daysToDue,
            Instant uploadedAt) {

        String key() {
            return "documents/00000000-0000-7000-8000-%012d".formatted(id);
        }

        byte[] content() {
            return SamplePdf.of(title, id);
        }
    }

    static final List<Sample> ALL = List.of(
            new Sample(
                    789, "Lease agreement No. 1", "Договор аренды", 1, 14, 3, 7, Instant.parse("2023-10-25T09:00:00Z")),
            new Sample(
                    790, "Income statement", "Справка о доходах", 2, 11, 1, 5, Instant.parse("2023-10-26T09:00:00Z")));

    private final DatabaseClient database;

    LocalDocuments(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> write() {
        return Flux.fromIterable(ALL)
                .concatMap(this::write)
                .then(run("""
                        insert into stat (id, document_id, user_id, date, operation_status_id, from_status_id, actor)
                        values (1, 789, 123, '2023-10-25T09:00Z', 11, null, 'user:00000000-0000-4000-8000-000000000123'),
                               (2, 789, 123, '2023-10-26T10:00Z', 12, 11, 'user:00000000-0000-4000-8000-000000000456'),
                               (3, 789, 123, '2023-10-27T10:00Z', 14, 12, 'user:00000000-0000-4000-8000-000000000456'),
                               (4, 790, 123, '2023-10-26T09:00Z', 11, null, 'user:00000000-0000-4000-8000-000000000123')
                        on conflict do nothing
                        """))
                .then(run("""
                        insert into contract (id, user_id, description, status_id, created_at)
                        values (101, 123, 'Договор аренды', 22, '2023-10-20T09:00Z') on conflict do nothing
                        """))
                .then(run("""
                        insert into contract_document (id, contract_id, document_id, operation_status_id, linked_at)
                        values (1, 101, 789, 1, '2023-10-27T11:00Z') on conflict do nothing
                        """));
    }

    private Mono<Void> write(Sample sample) {
        byte[] content = sample.content();
        return database.sql("""
                        with added as (
                            insert into document (id, user_id, worker_id, category_id, description, status_id,
                                                  plan_maturity_date, uploaded_at, row_version)
                            values (:id, 123, case when :status = 11 then null else 456 end, :category, :description, :status,
                                    (:uploadedAt at time zone 'UTC')::date + :days, :uploadedAt, :rowVersion)
                            on conflict do nothing returning id
                        )
                        insert into document_version (document_id, no, storage_key, size, sha256, declared_type, detected_type,
                                                      page_count, scan_status, original_name, created_by, created_at)
                        select id, 1, :key, :size, :sha256, 'application/pdf', 'application/pdf',
                               1, 'not_scanned', :name, 123, :uploadedAt
                        from added
                        """)
                .bind("id", sample.id())
                .bind("category", sample.categoryId())
                .bind("description", sample.description())
                .bind("status", sample.statusId())
                .bind("days", sample.daysToDue())
                .bind("uploadedAt", sample.uploadedAt())
                .bind("rowVersion", sample.rowVersion())
                .bind("key", sample.key())
                .bind("size", content.length)
                .bind("sha256", Sha256.of(content))
                .bind("name", sample.description() + ".pdf")
                .then();
    }

    private Mono<Void> run(String sql) {
        return database.sql(sql).then();
    }
}
