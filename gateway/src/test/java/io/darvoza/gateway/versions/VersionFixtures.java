package io.darvoza.gateway.versions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class VersionFixtures {

    static final Instant DEPRECATION = Instant.parse("2026-12-01T00:00:00Z");
    static final Instant SUNSET = Instant.parse("2027-06-01T00:00:00Z");
    static final VersionProperties PROPERTIES = new VersionProperties(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Map.of("payments", List.of("payments"), "banking-docs", List.of("dbo", "abs")),
            Map.of("/api/tasks", "payments/v1", "/download_file", "payments/v1"),
            2);

    private VersionFixtures() {}

    /** Version 1 deprecated with a sunset and a successor, version 2 active. */
    static List<ApiVersion> ending() {
        return List.of(
                new ApiVersion(
                        "payments",
                        "v1",
                        ApiVersion.Status.ACTIVE,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        DEPRECATION,
                        SUNSET,
                        "v2",
                        "/docs/redoc?api=payments-service"),
                ApiVersion.active("payments", "v2"),
                ApiVersion.active("banking-docs", "v1"));
    }

    static ApiVersions snapshot(List<ApiVersion> versions) {
        return new ApiVersions(versions, PROPERTIES.apis(), PROPERTIES.aliases());
    }

    /** Rows in memory that can go away. */
    static final class Rows implements ApiVersionRows {

        @Nullable
        RuntimeException away;

        List<ApiVersion> rows = ending();
        int prepared;

        @Override
        public void prepare() {
            if (away != null) {
                throw away;
            }
            prepared++;
        }

        @Override
        public Mono<List<ApiVersion>> all() {
            return away == null ? Mono.just(rows) : Mono.error(away);
        }
    }
}
