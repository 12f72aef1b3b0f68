package io.darvoza.egov.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages as people get them, without scripts. */
@RealService
class PagesIT {

    @LocalServerPort
    private int port;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
        TestPortal.PORTAL.forget();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource({"ru, Проверки, lang=\"ru\"", "kk, Тексерулер, lang=\"kk\"", "en, Verifications, lang=\"en\""})
    void theClerksPageSpeaksThreeLanguages(String language, String title, String tag) {
        Reply page = opens("/egov/verifications/", Http.CLERK, language);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(title, tag).doesNotContain("??egov", "??kit");
        assertThat(opens("/egov/verifications", Http.CLERK, language).status()).isEqualTo(200);
    }

    @Test
    void aNumberIsVerifiedByAFormAndItsPageTellsWhat() {
        Reply sent = sends("/egov/verifications/", Http.CLERK, "type=passport&number=n+1234-5678");
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);
        String path = sent.headers().firstValue("Location").orElseThrow();

        Reply page = opens(path, Http.CLERK, "ru");

        assertThat(page.text()).contains("подтверждён", "N•••••678", "СЕРІКОВ").doesNotContain("N12345678");
        assertThat(opens(path, Http.STRANGER, "ru").status()).isEqualTo(404);
        assertThat(opens("/egov/verifications/", Http.CLERK, "ru").text()).contains(path);
        assertThat(opens("/egov/verifications/", Http.STRANGER, "ru").text()).doesNotContain(path);
    }

    @Test
    void aRefusedFormKeepsWhatWasTypedAsText() {
        Reply page = sends("/egov/verifications/", Http.CLERK, "type=iin&number=%3Cb%3E12");

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("value=\"&lt;b&gt;12\"").doesNotContain("<b>12");
    }

    @Test
    void administratorsSeeSettingsAndLogWhereTheSeedHasThem() {
        assertThat(opens("/admin/", Http.ADMIN, "ru").headers().firstValue("Location"))
                .contains("/admin/egov_integration/");
        assertThat(opens("/admin/egov_integration/", Http.ADMIN, "ru").text()).contains("egovsettings");
        Reply set = sends("/egov/settings/EGOV_TIMEOUT", Http.ADMIN, "value=20");
        assertThat(set.status()).isEqualTo(303);
        assertThat(opens("/admin/egov_integration/egovsettings/", Http.ADMIN, "ru")
                        .text())
                .contains("EGOV_TIMEOUT", "из базы", "value=\"20\"");
        assertThat(sends("/egov/settings/EGOV_TIMEOUT", Http.ADMIN, "value=99").status())
                .isEqualTo(400);
        assertThat(sends("/egov/settings/EGOV_TIMEOUT/reset", Http.ADMIN, "").status())
                .isEqualTo(303);
        sends("/egov/settings/EGOV_API_KEY", Http.ADMIN, "value=page-key");
        assertThat(opens("/egov/settings/", Http.ADMIN, "ru").text()).doesNotContain("page-key");

        http.iin("123456789012");
        for (String path : new String[] {"egovapolog", "egovapolog/", "egovapilog/"}) {
            assertThat(opens("/admin/egov_integration/" + path + "?direction=in", Http.ADMIN, "ru")
                            .text())
                    .contains("/v1/egov/verify/iin", "••••••••9012");
        }
        String auditor = TestTokens.shared().user("auditor", "auditor");
        assertThat(opens("/admin/egov_integration/egovapolog/", auditor, "ru").status())
                .isEqualTo(200);
        assertThat(opens("/egov/settings/", Http.CLERK, "ru").status()).isEqualTo(403);
    }

    @Test
    void theStateOfTheApiIsToldInWords() {
        assertThat(opens("/egov/health/", Http.CLERK, "ru").text()).contains("ещё не проверялся");
    }

    private Reply opens(String path, @Nullable String token, String language) {
        return http.send(
                "GET",
                path,
                token,
                null,
                new byte[0],
                Map.of("Accept", "text/html", "Cookie", "darvoza_lang=" + language));
    }

    private Reply sends(String path, String token, String form) {
        return http.send(
                "POST",
                path,
                token,
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8),
                Map.of("Accept", "text/html"));
    }
}
