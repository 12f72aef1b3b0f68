package io.darvoza.egov.health;

import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.common.security.Caller;
import io.darvoza.egov.opendata.UpstreamBreaker;
import io.darvoza.egov.setting.CurrentSettings;
import io.darvoza.egov.setting.Settings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The seed's health: always 200, told from the last background look. Administrators see why. */
@RestController
@AllowedToAnyone
@Tag(name = "Seed")
class HealthController {

    private static final String VERSION = "v4";

    private final ProbeTable probes;
    private final CurrentSettings settings;
    private final UpstreamBreaker breaker;
    private final Clock clock;

    HealthController(ProbeTable probes, CurrentSettings settings, UpstreamBreaker breaker, Clock clock) {
        this.probes = probes;
        this.settings = settings;
        this.breaker = breaker;
        this.clock = clock;
    }

    /** How the integration is. */
    @Schema(name = "Health")
    record HealthResponse(UpstreamHealth egovApi, Instant timestamp) {}

    /** How the upstream is. */
    @Schema(name = "UpstreamHealth")
    public record UpstreamHealth(
            @Schema(allowableValues = {"healthy", "unhealthy", "disabled", "unknown"})
            String status,

            boolean enabled,

            @Schema(allowableValues = {"closed", "open", "half_open"})
            String breaker,

            @Schema(description = "When the upstream was looked at last") @Nullable
            Instant timestamp,

            @Schema(description = "For administrators: milliseconds of the last look") @Nullable
            Integer responseTime,

            @Schema(description = "For administrators: the upstream's API") @Nullable
            String version,

            @Schema(description = "For administrators: what is wrong") @Nullable
            String error) {}

    @GetMapping({"/egov/ajax/health", "/egov/ajax/health/", "/v1/egov/ajax/health", "/v1/egov/ajax/health/"})
    @Operation(operationId = "seedHealth", summary = "Whether the upstream is there, as the seed has it")
    Mono<HealthResponse> health(@Nullable Caller caller) {
        boolean isAdmin = caller != null && caller.has("egov_admin");
        return Mono.zip(settings.now(), probes.last().map(Optional::of).defaultIfEmpty(Optional.empty()))
                .map(both -> new HealthResponse(
                        upstream(both.getT1(), both.getT2().orElse(null), isAdmin), clock.instant()));
    }

    private UpstreamHealth upstream(Settings now, @Nullable Probe last, boolean isAdmin) {
        boolean enabled = now.broken().isEmpty() && now.isEnabled();
        return new UpstreamHealth(
                statusOf(now, last),
                enabled,
                breaker.state(),
                last == null ? null : last.endedAt(),
                isAdmin && last != null ? last.millis() : null,
                isAdmin ? VERSION : null,
                isAdmin ? errorOf(now, last) : null);
    }

    private static String statusOf(Settings now, @Nullable Probe last) {
        if (!now.broken().isEmpty()) {
            return "unhealthy";
        }
        if (!now.isEnabled()) {
            return "disabled";
        }
        if (last == null) {
            return "unknown";
        }
        return last.healthy() ? "healthy" : "unhealthy";
    }

    private static @Nullable String errorOf(Settings now, @Nullable Probe last) {
        if (!now.broken().isEmpty()) {
            return "CONFIG_ERROR: " + now.broken();
        }
        return last == null ? null : last.reason();
    }
}
