package io.darvoza.egov.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.Http;
import io.darvoza.egov.Portal;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import io.darvoza.egov.command.EgovCommands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The background look at the portal, what is told of it, and the commands. */
@RealService
class HealthIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Portal PORTAL = TestPortal.PORTAL;

    @LocalServerPort
    private int port;

    @Autowired
    private ProbeJob job;

    @Autowired
    private EgovCommands commands;

    @Autowired
    private DatabaseClient database;

    @Test
    void oneLookAMinuteIsCountedAndToldToEachAsMuchAsTheyMayKnow() {
        PORTAL.forget();
        assertThat(health(null).at("/egov_api/status").asString()).isEqualTo("unknown");

        job.lookIfDue().block(BOUND);
        job.lookIfDue().block(BOUND);

        assertThat(PORTAL.questions()).hasSize(1);
        assertThat(PORTAL.questions().getFirst().query()).contains("match_all", "\"size\":1");
        assertThat(database.sql("select count(*) from upstream_slot where purpose = 'probe'")
                        .mapValue(Long.class)
                        .one()
                        .block(BOUND))
                .isEqualTo(1);
        JsonNode well = health(null);
        assertThat(well.at("/egov_api/status").asString()).isEqualTo("healthy");
        assertThat(well.path("egov_api").propertyNames())
                .containsExactlyInAnyOrder("status", "enabled", "breaker", "timestamp");

        PORTAL.behave(Portal.body(200, "text/html", "<html></html>"));
        sql("update upstream_probe set claimed_at = claimed_at - interval '61 seconds'");
        job.lookIfDue().block(BOUND);

        assertThat(health(null).at("/egov_api/status").asString()).isEqualTo("unhealthy");
        assertThat(health(null).path("egov_api").has("error")).isFalse();
        JsonNode toAdmin = health(Http.ADMIN);
        assertThat(toAdmin.at("/egov_api/error").asString()).isEqualTo("UPSTREAM_FORMAT");
        assertThat(toAdmin.path("egov_api").has("response_time")).isTrue();
    }

    @Test
    void commandsDoWhatTheySayWithoutShowingTheKey() {
        PORTAL.forget();
        assertThat(run("command-key\n", "setup-settings", "--api-key-stdin")).startsWith("0 EGOV_API_KEY is set");
        assertThat(run("", "setup-settings", "EGOV_TIMEOUT", "99")).startsWith("1 EGOV_TIMEOUT: 1 to 30");
        assertThat(run("", "setup-settings", "EGOV_API_KEY", "on-the-command-line"))
                .startsWith("2 ");
        assertThat(run("", "show-settings"))
                .contains("EGOV_API_KEY", "database")
                .doesNotContain("command-key");
        assertThat(run("", "check-health")).startsWith("0 healthy");
        assertThat(PORTAL.questions().getLast().key()).isEqualTo("command-key");
        assertThat(run("", "verify-iin", "123456789012")).startsWith("0 invalid CHECKSUM (LOCAL");
        assertThat(run("900101300017", "verify-iin", "-")).startsWith("0 verified (OPEN_DATA");
        assertThat(run("", "verify-iin", "12")).startsWith("2 ");
    }

    /** Exit code and output. */
    private String run(String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = commands.run(
                List.of(arguments),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode health(@Nullable String token) {
        try (var http = new Http(port)) {
            return http.get("/egov/ajax/health/", token).json();
        }
    }

    private void sql(String statement) {
        database.sql(statement).then().block(BOUND);
    }
}
