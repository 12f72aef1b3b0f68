package io.darvoza.egov.apilog;

import io.darvoza.common.database.SqlValue;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the log of calls. */
@Component
class ApiCalls {

    private final DatabaseClient database;

    ApiCalls(DatabaseClient database) {
        this.database = database;
    }

    /** The newest first, from before this id on. */
    Mono<List<ApiCallView>> find(
            @Nullable String direction, @Nullable UUID verificationId, @Nullable UUID before, int rows) {
        return database.sql("""
                        select * from api_call
                        where (cast(:direction as text) is null or direction = :direction)
                          and (cast(:verification as uuid) is null or verification_id = :verification)
                          and (cast(:before as uuid) is null or id < :before)
                        order by id desc limit :rows
                        """)
                .bind("direction", SqlValue.of(String.class, direction))
                .bind("verification", SqlValue.of(UUID.class, verificationId))
                .bind("before", SqlValue.of(UUID.class, before))
                .bind("rows", rows)
                .map(ApiCalls::view)
                .all()
                .collectList();
    }

    private static ApiCallView view(Readable row) {
        return new ApiCallView(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("at", Instant.class)),
                Objects.requireNonNull(row.get("direction", String.class)),
                Objects.requireNonNull(row.get("method", String.class)),
                Objects.requireNonNull(row.get("endpoint", String.class)),
                row.get("document_type", String.class),
                row.get("number_masked", String.class),
                row.get("status", Integer.class),
                Objects.requireNonNull(row.get("millis", Integer.class)),
                row.get("bytes", Long.class),
                row.get("verification_id", UUID.class),
                row.get("key_id", String.class),
                row.get("trace_id", String.class),
                row.get("principal", String.class),
                row.get("client_address", String.class),
                row.get("user_agent", String.class),
                row.get("error", String.class));
    }
}
