package io.darvoza.gateway.versions;

import io.darvoza.common.security.AllowedToAnyone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the versions of all APIs for programs that want to know in time what ends when. */
@RestController
class VersionsController {

    /** All versions, ordered by API and number. */
    record VersionsResponse(List<VersionResponse> versions) {}

    /** One version as {@link ApiVersion} describes it, with the status in force now. */
    record VersionResponse(
            String api,
            String version,
            String status,
            @Nullable Instant releasedAt,
            @Nullable Instant deprecationAt,
            @Nullable Instant sunsetAt,
            @Nullable String successor,
            @Nullable String docUrl) {

        static VersionResponse from(ApiVersion version, Instant now) {
            return new VersionResponse(
                    version.api(),
                    version.version(),
                    version.statusAt(now).name().toLowerCase(Locale.ROOT),
                    version.releasedAt(),
                    version.deprecationAt(),
                    version.sunsetAt(),
                    version.successor(),
                    version.docUrl());
        }
    }

    private final CurrentApiVersions versions;
    private final Clock clock;
    private final Duration maxAge;

    VersionsController(CurrentApiVersions versions, Clock clock, VersionProperties properties) {
        this.versions = versions;
        this.clock = clock;
        this.maxAge = properties.refresh();
    }

    @AllowedToAnyone
    @GetMapping(path = "/versions", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<VersionsResponse> versions() {
        Instant now = clock.instant();
        List<VersionResponse> list = versions.get().all().stream()
                .map(version -> VersionResponse.from(version, now))
                .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(maxAge).cachePublic())
                .body(new VersionsResponse(list));
    }
}
