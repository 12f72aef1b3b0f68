package io.darvoza.egov.bulk;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import io.darvoza.common.database.SqlValue;
import io.darvoza.egov.number.DocumentType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs and their items. A number is encrypted, bound to its item, and gone when the item is done. */
@Component
class JobTable {

    private static final String TABLE = "bulk_item";

    private final DatabaseClient database;
    private final FieldCipher cipher;

    JobTable(DatabaseClient database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /** A job as it stands. */
    record Job(
            UUID id,
            String principal,
            DocumentType type,
            int given,
            int numbers,
            long done,
            Instant createdAt,
            @Nullable Instant endedAt) {}

    /** An item that is this instance's to work on until its lease ends. */
    record Claimed(
            UUID jobId,
            int position,
            String number,
            int attempts,
            DocumentType type,
            String principal,
            @Nullable String traceId) {

        @Override
        public String toString() {
            return "Claimed[" + jobId + "/" + position + "]";
        }
    }

    /** A new item; {@code number} is null for a text that is no number, which is done at once. */
    record NewItem(int position, int times, @Nullable String number, String masked) {

        @Override
        public String toString() {
            return "NewItem[" + position + "]";
        }
    }

    Mono<Void> add(
            UUID id, String principal, DocumentType type, @Nullable String traceId, int given, List<NewItem> items) {
        boolean over = items.stream().allMatch(item -> item.number() == null);
        return database.sql("""
                        insert into bulk_job (id, principal, document_type, trace_id, given, numbers, created_at, ended_at)
                        values (:id, :principal, :type, :trace, :given, :numbers, egov_clock(), case when :over then egov_clock() end)
                        """)
                .bind("id", id)
                .bind("principal", principal)
                .bind("type", type.word())
                .bind("trace", SqlValue.of(String.class, traceId))
                .bind("given", given)
                .bind("numbers", items.size())
                .bind("over", over)
                .then()
                .thenMany(Flux.fromIterable(items).concatMap(item -> add(id, item)))
                .then();
    }

    private Mono<Void> add(UUID job, NewItem item) {
        String text = item.number();
        boolean done = text == null;
        byte[] number = text == null ? null : cipher.encrypt(text, place(job, item.position()));
        return database.sql("""
                        insert into bulk_item (job_id, position, times, number, number_masked, state, due_at, status, reason)
                        values (:job, :position, :times, :number, :masked, :state, case when :done then null else egov_clock() end,
                                :status, :reason)
                        """)
                .bind("job", job)
                .bind("position", item.position())
                .bind("times", item.times())
                .bind("number", SqlValue.of(byte[].class, number))
                .bind("masked", item.masked())
                .bind("state", done ? "done" : "waiting")
                .bind("done", done)
                .bind("status", SqlValue.of(String.class, done ? "invalid" : null))
                .bind("reason", SqlValue.of(String.class, done ? "FORMAT" : null))
                .then();
    }

    /** Items that are due, older jobs first; nobody else gets them while the lease lasts. */
    Mono<List<Claimed>> claim(int most, Duration lease) {
        return database.sql("""
                        with due as (
                            select job_id, position from bulk_item where state <> 'done' and due_at <= egov_clock()
                            order by due_at, job_id, position limit :most for update skip locked)
                        update bulk_item i
                        set state = 'running', attempts = i.attempts + 1, due_at = egov_clock() + make_interval(secs => :lease)
                        from due, bulk_job j
                        where i.job_id = due.job_id and i.position = due.position and j.id = i.job_id
                        returning i.job_id, i.position, i.number, i.attempts, j.document_type, j.principal, j.trace_id
                        """)
                .bind("most", most)
                .bind("lease", lease.toMillis() / 1000.0)
                .map(this::claimed)
                .all()
                .collectList();
    }

    /** Ends an item, in the caller's transaction, and the job with its last one. */
    Mono<Void> end(Claimed item, UUID verification, String status, @Nullable String reason) {
        return database.sql("""
                        update bulk_item set state = 'done', number = null, due_at = null, verification_id = :verification,
                            status = :status, reason = :reason
                        where job_id = :job and position = :position and state = 'running' and attempts = :attempts
                        """)
                .bind("verification", verification)
                .bind("status", status)
                .bind("reason", SqlValue.of(String.class, reason))
                .bind("job", item.jobId())
                .bind("position", item.position())
                .bind("attempts", item.attempts())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(item + " was taken over")))
                .then();
    }

    /** Ends the jobs of these items that have none left. */
    Mono<Void> endJob(UUID job) {
        return database.sql("""
                        update bulk_job set ended_at = egov_clock() where id = :job and ended_at is null
                            and not exists (select from bulk_item where job_id = :job and state <> 'done')
                        """).bind("job", job).then();
    }

    /** Lets an item wait. A try that came to nothing because of a limit does not count. */
    Mono<Void> later(Claimed item, Duration pause, boolean counts) {
        return database.sql("""
                        update bulk_item set state = 'waiting', due_at = egov_clock() + make_interval(secs => :pause),
                            attempts = attempts - :uncounted
                        where job_id = :job and position = :position and state = 'running' and attempts = :attempts
                        """)
                .bind("pause", pause.toMillis() / 1000.0)
                .bind("uncounted", counts ? 0 : 1)
                .bind("job", item.jobId())
                .bind("position", item.position())
                .bind("attempts", item.attempts())
                .then();
    }

    Mono<Job> find(UUID id) {
        return database.sql("""
                        select j.*, (select count(*) from bulk_item where job_id = j.id and state = 'done') done
                        from bulk_job j where j.id = :id
                        """).bind("id", id).map(JobTable::job).one();
    }

    /** Items behind a position. */
    Mono<List<BulkItemView>> items(UUID job, int after, int rows) {
        return database.sql("""
                        select * from bulk_item where job_id = :job and position > :after order by position limit :rows
                        """)
                .bind("job", job)
                .bind("after", after)
                .bind("rows", rows)
                .map(JobTable::item)
                .all()
                .collectList();
    }

    private Claimed claimed(Readable row) {
        UUID job = value(row, "job_id", UUID.class);
        int position = value(row, "position", Integer.class);
        return new Claimed(
                job,
                position,
                cipher.decrypt(value(row, "number", byte[].class), place(job, position)),
                value(row, "attempts", Integer.class),
                DocumentType.ofWord(value(row, "document_type", String.class)),
                value(row, "principal", String.class),
                row.get("trace_id", String.class));
    }

    private static Job job(Readable row) {
        return new Job(
                value(row, "id", UUID.class),
                value(row, "principal", String.class),
                DocumentType.ofWord(value(row, "document_type", String.class)),
                value(row, "given", Integer.class),
                value(row, "numbers", Integer.class),
                value(row, "done", Long.class),
                value(row, "created_at", Instant.class),
                row.get("ended_at", Instant.class));
    }

    private static BulkItemView item(Readable row) {
        return new BulkItemView(
                value(row, "position", Integer.class),
                value(row, "times", Integer.class),
                value(row, "number_masked", String.class),
                value(row, "state", String.class),
                row.get("status", String.class),
                row.get("reason", String.class),
                row.get("verification_id", UUID.class));
    }

    private static FieldPlace place(UUID job, int position) {
        return new FieldPlace(TABLE, "number", job + "/" + position);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
