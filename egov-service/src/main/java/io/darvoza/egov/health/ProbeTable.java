package io.darvoza.egov.health;

import io.darvoza.common.database.SqlValue;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The one row of the last look. Its times are the database's, since instances share it. */
@Component
class ProbeTable {

    private final DatabaseClient database;

    ProbeTable(DatabaseClient database) {
        this.database = database;
    }

    /** Whether the next look is due and now this instance's. */
    Mono<Boolean> claim(Duration every) {
        return database.sql("""
                        update upstream_probe set claimed_at = egov_clock()
                        where claimed_at is null or claimed_at <= egov_clock() - make_interval(secs => :every)
                        """)
                .bind("every", every.toMillis() / 1000.0)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Void> end(@Nullable String reason, Duration took) {
        return database.sql("""
                        update upstream_probe set ended_at = egov_clock(), healthy = :healthy, reason = :reason, millis = :millis
                        """)
                .bind("healthy", reason == null)
                .bind("reason", SqlValue.of(String.class, reason))
                .bind("millis", (int) took.toMillis())
                .then();
    }

    /** Empty before the first look. */
    Mono<Probe> last() {
        return database.sql("select * from upstream_probe where ended_at is not null")
                .map(ProbeTable::probe)
                .one();
    }

    private static Probe probe(Readable row) {
        return new Probe(
                Objects.requireNonNull(row.get("ended_at", Instant.class)),
                Objects.requireNonNull(row.get("healthy", Boolean.class)),
                row.get("reason", String.class),
                Objects.requireNonNull(row.get("millis", Integer.class)));
    }
}
