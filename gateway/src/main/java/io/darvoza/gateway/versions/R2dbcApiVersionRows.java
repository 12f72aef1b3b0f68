package io.darvoza.gateway.versions;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table {@code api_version} in the gateway's own database. */
final class R2dbcApiVersionRows implements ApiVersionRows {

    private final Flyway flyway;
    private final DatabaseClient database;

    R2dbcApiVersionRows(Flyway flyway, DatabaseClient database) {
        this.flyway = flyway;
        this.database = database;
    }

    @Override
    public void prepare() {
        flyway.migrate();
    }

    @Override
    public Mono<List<ApiVersion>> all() {
        return database.sql("""
                        select api, version, status, released_at, deprecation_at, sunset_at, successor, doc_url
                        from api_version
                        """).map(R2dbcApiVersionRows::from).all().collectList();
    }

    private static ApiVersion from(Readable row) {
        return new ApiVersion(
                text(row, "api"),
                text(row, "version"),
                ApiVersion.Status.valueOf(text(row, "status").toUpperCase(Locale.ROOT)),
                row.get("released_at", Instant.class),
                row.get("deprecation_at", Instant.class),
                row.get("sunset_at", Instant.class),
                row.get("successor", String.class),
                row.get("doc_url", String.class));
    }

    private static String text(Readable row, String column) {
        @Nullable String value = row.get(column, String.class);
        return Objects.requireNonNull(value, column);
    }
}
