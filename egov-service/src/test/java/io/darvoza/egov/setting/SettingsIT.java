package io.darvoza.egov.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings as administrators change them, and what becomes of the calls. */
class SettingsIT extends SettingScene {

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
}
