package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import io.darvoza.egov.Scene;
import io.darvoza.egov.TestPortal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sees which verifications. */
class OwnVerificationsIT extends Scene {

    @Test
    void aForeignVerificationIsNotThereAndTheAuditorSeesNoPerson() {
        Reply own = http.iin(fresh());
        String path = "/v1/egov/verifications/" + own.word("verification_id");

        assertThat(http.get(path, Http.CLERK).json().at("/data/full_name").asString())
                .isEqualTo("СЕРІКОВ ӘЛІ");
        assertThat(http.get(path, Http.STRANGER).status()).isEqualTo(404);
        String auditor = TestTokens.shared().user("auditor", "auditor");
        assertThat(http.get(path, auditor).json().has("data")).isFalse();
        assertThat(http.get("/v1/egov/verifications?limit=1", Http.STRANGER).text())
                .doesNotContain(own.word("verification_id"));
    }

    @Test
    void ownVerificationsPageByCursor() {
        String stranger = Http.STRANGER;
        for (int i = 0; i < 3; i++) {
            http.post("/v1/egov/verify/iin", stranger, "{\"iin\":\"123456789012\"}");
        }
        Reply first = http.get("/v1/egov/verifications?limit=2&status=invalid", stranger);
        assertThat(first.json().path("verifications")).hasSize(2);
        Reply second =
                http.get("/v1/egov/verifications?limit=2&status=invalid&cursor=" + first.word("next_cursor"), stranger);
        assertThat(second.json().path("verifications")).isNotEmpty();
        assertThat(second.text())
                .doesNotContain(
                        first.json().at("/verifications/0/verification_id").asString());
        assertThat(http.get("/v1/egov/verifications?status=other", stranger).status())
                .isEqualTo(400);
        assertThat(http.get("/v1/egov/verifications?cursor=" + first.word("next_cursor"), stranger)
                        .word("code"))
                .isEqualTo("invalid_cursor");
    }

    @Test
    void aListByTypeOrStatusIsThatPartOfTheWholeList() {
        String clerk = TestTokens.shared()
                .draft()
                .user("egov_user3", "egov_user")
                .claim("iat", TestPortal.CLOCK.instant().getEpochSecond())
                .sign();
        PORTAL.behave((call, number) -> Portal.reply(call, 200, "application/json", "[]"));
        for (int i = 0; i < 3; i++) {
            http.post("/v1/egov/verify/iin", clerk, "{\"iin\":\"" + fresh() + "\"}");
            PORTAL.behave(Portal::person);
            http.post("/v1/egov/verify/passport", clerk, "{\"passport_number\":\"" + freshPassport() + "\"}");
            http.post("/v1/egov/verify/passport", clerk, "{\"passport_number\":\"" + freshPassport() + "\"}");
        }
        List<String> all = shown(clerk, "");
        assertThat(all).hasSize(9);
        assertThat(shown(clerk, "type=iin")).hasSize(3).isEqualTo(ending(all, " iin", ""));
        assertThat(shown(clerk, "status=invalid")).hasSize(1).isEqualTo(ending(all, "", "invalid "));
        assertThat(shown(clerk, "status=verified")).hasSize(8).isEqualTo(ending(all, "", "verified "));
        assertThat(shown(clerk, "status=verified&type=passport"))
                .hasSize(6)
                .isEqualTo(ending(all, " passport", "verified "));
        assertThat(shown(clerk, "status=expired")).isEmpty();
    }

    private List<String> shown(String token, String filter) {
        return http.get("/v1/egov/verifications?" + filter, token)
                .json()
                .path("verifications")
                .valueStream()
                .map(row -> row.path("status").asString() + " "
                        + row.path("verification_id").asString() + " "
                        + row.path("document_type").asString())
                .toList();
    }

    private static List<String> ending(List<String> all, String end, String start) {
        return all.stream()
                .filter(row -> row.startsWith(start) && row.endsWith(end))
                .toList();
    }
}
