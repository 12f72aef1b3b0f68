package io.darvoza.common.idempotency;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of keys. Whether a lease has run out is decided by the database's clock alone. */
final class IdempotencyTable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String COLUMNS =
            "row.status, row.lease_until > clock_timestamp() AS leased, row.fingerprint, row.answer_status, row.answer_headers, row.answer_body";

    private static final String SCOPE =
            "row.principal = :principal AND row.operation = :operation AND row.idempotency_key = :key";

    /** A row that another transaction committed after this statement began is not seen; the key's uniqueness is. */
    private static final String LOCK_AND_FIND = "SELECT pg_try_advisory_xact_lock(:lock) AS locked, " + COLUMNS
            + " FROM (SELECT 1) one LEFT JOIN idempotency row ON " + SCOPE;

    private static final String FIND = "SELECT true AS locked, " + COLUMNS + " FROM idempotency row WHERE " + SCOPE;

    private static final String INSERT_COMPLETED = """
            INSERT INTO idempotency AS row (principal, operation, idempotency_key, status,
                                            fingerprint, answer_status, answer_headers, answer_body)
            VALUES (:principal, :operation, :key, 'completed', :fingerprint, :status, :headers, :body)
            ON CONFLICT (principal, operation, idempotency_key) DO UPDATE
            SET status = 'completed', holder = NULL, lease_until = NULL, fingerprint = excluded.fingerprint,
                answer_status = excluded.answer_status, answer_headers = excluded.answer_headers,
                answer_body = excluded.answer_body, created_at = now()
            WHERE row.status = 'running' AND row.lease_until < clock_timestamp()
            """;

    private static final String TAKE_LEASE = """
            INSERT INTO idempotency AS row (principal, operation, idempotency_key, status, holder, lease_until)
            VALUES (:principal, :operation, :key, 'running', :holder, clock_timestamp() + make_interval(secs => :lease))
            ON CONFLICT (principal, operation, idempotency_key) DO UPDATE
            SET holder = excluded.holder, lease_until = excluded.lease_until
            WHERE row.status = 'running' AND row.lease_until < clock_timestamp()
            """;

    private static final String HELD = " WHERE " + SCOPE + " AND row.status = 'running' AND row.holder = :holder";

    private static final String EXTEND_LEASE =
            "UPDATE idempotency row SET lease_until = clock_timestamp() + make_interval(secs => :lease)" + HELD;

    private static final String RELEASE = "DELETE FROM idempotency row" + HELD;

    private static final String COMPLETE = """
            UPDATE idempotency row
            SET status = 'completed', holder = NULL, lease_until = NULL, fingerprint = :fingerprint,
                answer_status = :status, answer_headers = :headers, answer_body = :body
            """ + HELD;

    private final DatabaseClient database;

    IdempotencyTable(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What is known of a scope.
     *
     * @param locked whether this transaction has the scope's lock
     * @param leased whether a long command runs and shows signs of life
     * @param completed the kept answer, if there is one
     */
    record Found(boolean locked, boolean leased, Begun.@Nullable Answered completed) {}

    Mono<Found> lockAndFind(IdempotencyScope scope) {
        return scoped(LOCK_AND_FIND, scope)
                .bind("lock", scope.lockNumber())
                .map(IdempotencyTable::found)
                .one();
    }

    Mono<Found> find(IdempotencyScope scope) {
        return scoped(FIND, scope).map(IdempotencyTable::found).one();
    }

    /** The row of an answer; none when the key was taken meanwhile. */
    Write completed(IdempotencyScope scope, Fingerprint fingerprint, Answer answer, LongFunction<Mono<Void>> written) {
        return new Write(
                INSERT_COMPLETED,
                Map.of(
                        "principal", scope.principal(),
                        "operation", scope.operation(),
                        "key", scope.key(),
                        "fingerprint", fingerprint.sha256(),
                        "status", answer.status(),
                        "headers", JSON.writeValueAsString(answer.headers()),
                        "body", SqlValue.of(String.class, answer.json())),
                written);
    }

    /** Whether the scope was free, or its lease had run out. */
    Mono<Boolean> takeLease(Lease lease, Duration time) {
        return changed(held(TAKE_LEASE, lease).bind("lease", seconds(time)));
    }

    Mono<Boolean> extendLease(Lease lease, Duration time) {
        return changed(held(EXTEND_LEASE, lease).bind("lease", seconds(time)));
    }

    Mono<Boolean> release(Lease lease) {
        return changed(held(RELEASE, lease));
    }

    Mono<Boolean> complete(Lease lease, Fingerprint fingerprint, Answer answer) {
        return changed(answered(held(COMPLETE, lease), fingerprint, answer));
    }

    private GenericExecuteSpec scoped(String sql, IdempotencyScope scope) {
        return database.sql(sql)
                .bind("principal", scope.principal())
                .bind("operation", scope.operation())
                .bind("key", scope.key());
    }

    private GenericExecuteSpec held(String sql, Lease lease) {
        return scoped(sql, lease.scope()).bind("holder", lease.holder());
    }

    private static GenericExecuteSpec answered(GenericExecuteSpec statement, Fingerprint fingerprint, Answer answer) {
        var bound = statement
                .bind("fingerprint", fingerprint.sha256())
                .bind("status", answer.status())
                .bind("headers", JSON.writeValueAsString(answer.headers()));
        return answer.json() == null ? bound.bindNull("body", String.class) : bound.bind("body", answer.json());
    }

    private static Mono<Boolean> changed(GenericExecuteSpec statement) {
        return statement.fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Found found(Readable row) {
        boolean locked = Boolean.TRUE.equals(row.get("locked", Boolean.class));
        boolean leased = Boolean.TRUE.equals(row.get("leased", Boolean.class));
        return new Found(locked, leased, "completed".equals(row.get("status", String.class)) ? answered(row) : null);
    }

    private static Begun.Answered answered(Readable row) {
        byte[] fingerprint = row.get("fingerprint", byte[].class);
        Integer status = row.get("answer_status", Integer.class);
        String headers = row.get("answer_headers", String.class);
        if (fingerprint == null || status == null || headers == null) {
            throw new IllegalStateException("a completed row has an answer");
        }
        Map<String, String> kept = JSON.readValue(headers, new TypeReference<>() {});
        return new Begun.Answered(
                new Fingerprint(fingerprint), new Answer(status, kept, row.get("answer_body", String.class), false));
    }
}
