package io.darvoza.egov.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Settings as administrators change them, and what becomes of the calls. */
@RealService
class SettingsIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Portal PORTAL = TestPortal.PORTAL;
    private static final AtomicInteger USED = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private CurrentSettings current;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
        PORTAL.forget();
        sql("delete from setting_version");
        sql("delete from upstream_slot");
        sql("delete from upstream_key");
        changed();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theDatabaseDecidesThenTheEnvironmentThenTheDefault() {
        assertThat(shown("EGOV_TIMEOUT")).containsEntry("source", "default").containsEntry("value", "30");
        assertThat(shown("EGOV_BASE_URL"))
                .containsEntry("source", "environment")
                .containsEntry("value", PORTAL.baseUrl());

        assertThat(http.put(
                                "/v1/egov/settings/EGOV_BASE_URL",
                                Http.ADMIN,
                                "{\"value\":\"https://data.egov.kz/api/v4\"}")
                        .status())
                .isEqualTo(200);
        assertThat(shown("EGOV_BASE_URL")).containsEntry("source", "database").containsEntry("version", 1);

        assertThat(http.send("DELETE", "/v1/egov/settings/EGOV_BASE_URL", Http.ADMIN, null, new byte[0], Map.of())
                        .word("source"))
                .isEqualTo("environment");
    }

    @Test
    void aNewKeyWorksBesideTheOldOneAndFirst() {
        Reply first = http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"first-key\"}");
        Reply second = http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"second-key\"}");
        assertThat(first.text() + second.text()).doesNotContain("first-key", "second-key");
        assertThat(second.json().path("key_ids")).hasSize(2);
        assertThat(second.json().path("is_encrypted").asBoolean()).isTrue();

        String iin = fresh();
        http.iin(iin);
        assertThat(PORTAL.questionsAbout(iin)).extracting(Portal.Question::key).containsExactly("second-key");

        PORTAL.behave((call, number) -> {
            if (call.getRequestURI().getRawQuery().contains("second-key")) {
                Portal.reply(call, 403, "text/html", "<html>no</html>");
            } else {
                Portal.person(call, number);
            }
        });
        String other = fresh();
        assertThat(http.iin(other).word("status")).isEqualTo("verified");
        assertThat(PORTAL.questionsAbout(other))
                .extracting(Portal.Question::key)
                .containsExactly("second-key", "first-key");

        // A refused key rests; the next question does not try it.
        String third = fresh();
        assertThat(http.iin(third).word("status")).isEqualTo("verified");
        assertThat(PORTAL.questionsAbout(third))
                .extracting(Portal.Question::key)
                .containsExactly("first-key");

        assertThat(http.send(
                                "DELETE",
                                "/v1/egov/settings/EGOV_API_KEY/previous",
                                Http.ADMIN,
                                null,
                                new byte[0],
                                Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(shown("EGOV_API_KEY").get("key_ids").toString()).doesNotContain(",");
        assertThat(http.send(
                                "DELETE",
                                "/v1/egov/settings/EGOV_API_KEY/previous",
                                Http.ADMIN,
                                null,
                                new byte[0],
                                Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aThirdKeyEndsTheFirst() {
        for (String key : List.of("one", "two", "three")) {
            http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"" + key + "\"}");
        }

        assertThat(database.sql("select string_agg(state, ',' order by version) from setting_version")
                        .mapValue(String.class)
                        .one()
                        .block(BOUND))
                .isEqualTo("revoked,previous,active");
        assertThat(database.sql("select count(*) from setting_version where value is not null")
                        .mapValue(Long.class)
                        .one()
                        .block(BOUND))
                .isZero();
        assertThat(database.sql(
                                "select count(*) from audit_log where action = 'setting_changed' and details::text like '%three%'")
                        .mapValue(Long.class)
                        .one()
                        .block(BOUND))
                .isZero();
    }

    @Test
    void aKeyThatCannotBeDecryptedIsAnErrorAndNeverTheEnvironments() {
        http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"stored-key\"}");
        sql("update setting_version set secret = substring(secret for 8) where name = 'EGOV_API_KEY'");
        changed();

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.word("code")).isEqualTo("config_error");
        assertThat(PORTAL.questions()).isEmpty();
        assertThat(shown("EGOV_API_KEY")).containsEntry("error", "config_error").containsEntry("source", "database");
        assertThat(http.get("/egov/ajax/health/", null)
                        .json()
                        .at("/egov_api/status")
                        .asString())
                .isEqualTo("unhealthy");
        // Digits need no settings.
        assertThat(http.iin("123456789012").word("reason")).isEqualTo("CHECKSUM");
    }

    @Test
    void aSecretOfAnotherVersionCannotBePutInItsPlace() {
        http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"one\"}");
        http.put("/v1/egov/settings/EGOV_API_KEY", Http.ADMIN, "{\"value\":\"two\"}");
        sql(
                "update setting_version set secret = (select secret from setting_version where version = 1) where version = 2");
        changed();

        assertThat(shown("EGOV_API_KEY")).containsEntry("error", "config_error");
    }

    @Test
    void switchedOffNobodyIsAskedAndDigitsAreCheckedAllTheSame() {
        http.put("/v1/egov/settings/EGOV_ENABLED", Http.ADMIN, "{\"value\":\"false\"}");

        assertThat(http.iin(fresh()).word("code")).isEqualTo("egov_disabled");
        assertThat(http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"" + fresh() + "\"}")
                        .status())
                .isEqualTo(503);
        assertThat(http.iin("123456789012").word("reason")).isEqualTo("CHECKSUM");
        assertThat(http.get("/egov/ajax/health", null)
                        .json()
                        .at("/egov_api/status")
                        .asString())
                .isEqualTo("disabled");
        assertThat(PORTAL.questions()).isEmpty();
    }

    @Test
    void aChangeByAnotherInstanceHoldsHereWithinSeconds() {
        assertThat(shown("EGOV_ENABLED")).containsEntry("value", "true");

        sql("""
                insert into setting_version (name, version, value, state, created_at, created_by)
                values ('EGOV_ENABLED', 1, 'false', 'active', now(), 'user:other')
                """);
        sql("update setting_generation set generation = generation + 1");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(http.iin(fresh()).word("code")).isEqualTo("egov_disabled"));
    }

    @Test
    void aSilentUpstreamEndsWithTheTimeOut() {
        http.put("/v1/egov/settings/EGOV_TIMEOUT", Http.ADMIN, "{\"value\":\"1\"}");
        var over = new CountDownLatch(1);
        PORTAL.behave((call, _) -> {
            over.await();
            call.close();
        });
        long start = System.nanoTime();

        Reply reply = http.iin(fresh());

        over.countDown();
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theLimitMayBeLoweredAndHoldsAtOnce() {
        http.put("/v1/egov/settings/EGOV_RATE_LIMIT_PER_MINUTE", Http.ADMIN, "{\"value\":\"1\"}");

        assertThat(http.iin(fresh()).status()).isEqualTo(200);
        assertThat(http.iin(fresh()).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EGOV_RATE_LIMIT_PER_MINUTE | 61",
                "EGOV_RATE_LIMIT_PER_MINUTE | 0",
                "EGOV_TIMEOUT | 31",
                "EGOV_MAX_RETRIES | 4",
                "EGOV_ENABLED | yes",
                "EGOV_BASE_URL | http://data.egov.kz/api/v4",
                "EGOV_BASE_URL | https://user:pw@data.egov.kz/api/v4",
                "EGOV_BASE_URL | https://data.egov.kz/api/v4?x=1",
                "EGOV_BASE_URL | https://data.egov.kz/{evil}",
                "EGOV_BASE_URL | file:///etc/passwd",
                "EGOV_API_KEY | with space",
                "EGOV_IIN_DATASET | ../v1/iin",
                "EGOV_IIN_DATASET | persons/v1",
                "EGOV_LOG_LEVEL | ALL"
            })
    void valuesThatCannotBeUsedAreRefused(String name, String value) {
        Reply reply = http.put("/v1/egov/settings/" + name, Http.ADMIN, "{\"value\":\"" + value + "\"}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.text()).contains("/value");
    }

    @Test
    void changesAreMadeAtTheVersionThatWasRead() {
        http.put("/v1/egov/settings/EGOV_TIMEOUT", Http.ADMIN, "{\"value\":\"20\"}");
        byte[] body = "{\"value\":\"10\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(http.send(
                                "PUT",
                                "/v1/egov/settings/EGOV_TIMEOUT",
                                Http.ADMIN,
                                "application/json",
                                body,
                                Map.of("If-Match", "\"7\""))
                        .status())
                .isEqualTo(412);
        Reply changed = http.send(
                "PUT",
                "/v1/egov/settings/EGOV_TIMEOUT",
                Http.ADMIN,
                "application/json",
                body,
                Map.of("If-Match", "\"1\""));
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(http.put("/v1/egov/settings/NO_SUCH", Http.ADMIN, "{\"value\":\"1\"}")
                        .status())
                .isEqualTo(404);
    }

    private Map<String, Object> shown(String name) {
        var json = http.get("/v1/egov/settings/" + name, Http.ADMIN).json();
        return JsonMapper.shared().convertValue(json, new TypeReference<Map<String, Object>>() {});
    }

    private static String fresh() {
        return Numbers.iin(20_000 + USED.getAndIncrement());
    }

    /** As a change by somebody else: this instance takes it over now. */
    private void changed() {
        sql("update setting_generation set generation = generation + 1");
        current.refresh().block(BOUND);
    }

    private void sql(String statement) {
        database.sql(statement).then().block(BOUND);
    }
}
