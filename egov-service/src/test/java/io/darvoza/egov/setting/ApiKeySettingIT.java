package io.darvoza.egov.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The key: two at once, none in clear, and no other in its place. */
class ApiKeySettingIT extends SettingScene {

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

        assertThat(text("select string_agg(state, ',' order by version) from setting_version"))
                .isEqualTo("revoked,previous,active");
        assertThat(count("select count(*) from setting_version where value is not null"))
                .isZero();
        assertThat(
                        count(
                                "select count(*) from audit_log where action = 'setting_changed' and details::text like '%three%'"))
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
}
