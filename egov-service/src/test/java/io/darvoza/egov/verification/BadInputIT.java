package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Scene;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is refused with a plain 4xx, and nobody is asked. */
class BadInputIT extends Scene {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iin\":900101300017}",
                "{\"iin\":null}",
                "{\"iin\":\"９００１０１３０００１７\"}",
                "{\"iin\":\"90010130001\"}",
                "{\"iin\":\"' or 1=1 --\"}",
                "{\"iin\":\"900101300017\",\"iin\":\"900101300017\"}",
                "{\"iin\":\"900101300017\",\"more\":1}",
                "{\"iin\":[\"900101300017\"]}",
                "{\"iin\":true}",
                "{\"iin\":",
                "[]",
                "null",
                ""
            })
    void nonsenseIsRefusedPlainlyAtBothDoors(String body) {
        for (String path : List.of("/v1/egov/verify/iin", "/egov/ajax/verify-iin/")) {
            Reply reply = http.post(path, Http.CLERK, body);
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.word("code")).isIn("malformed_request", "validation_failed");
            assertThat(reply.text()).doesNotContain("Exception", "io.darvoza", "jackson");
        }
        assertThat(PORTAL.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"passport_number\":12345678}",
                "{\"passport_number\":null}",
                "{\"passport_number\":\"\"}",
                "{\"passport_number\":\"N１２３４５６７８\"}",
                "{\"passport_number\":\"N12345678' or '1'='1\"}",
                "{\"passport_number\":\"N123\\\"}}]\"}",
                "{\"passport_number\":\"N1234567890123456789012345\"}",
                "{\"passport_number\":\"N12345678\\u0000\"}",
                "{\"passport_number\":{\"$ne\":null}}",
                "{\"iin\":\"900101300017\"}",
                "{\"passport_number\":\"N12345678\"} {}",
                "\u0000"
            })
    void nonsenseForAPassportIsRefusedPlainlyAtBothDoors(String body) {
        for (String path : List.of("/v1/egov/verify/passport", "/egov/ajax/verify-passport/")) {
            Reply reply = http.post(path, Http.CLERK, body);
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.word("code")).isIn("malformed_request", "validation_failed");
            assertThat(reply.text()).doesNotContain("Exception", "io.darvoza", "jackson", "or '1'");
        }
        assertThat(PORTAL.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bin\":150140000012}",
                "{\"bin\":null}",
                "{\"bin\":\"15014000001\"}",
                "{\"bin\":\"15014000001Z\"}"
            })
    void nonsenseForAnOrganisationIsRefusedPlainly(String body) {
        assertThat(http.post("/v1/egov/verify/bin", Http.CLERK, body).status()).isEqualTo(400);
    }

    /** Since 2013 a number need not follow its owner's birth, so these go their way like all others. */
    @ParameterizedTest
    @ValueSource(strings = {"010229500109", "901301300017", "900101000018", "900101700012"})
    void numbersThatSpellNoDateOrNoCenturyAreAskedForAndSaySo(String iin) {
        Reply reply = http.iin(iin);

        assertThat(reply.word("status")).isEqualTo("verified");
        assertThat(reply.json().at("/derived/flag").asString()).isEqualTo("DATE_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/octet-stream"
            })
    void otherMediaTypesAreRefused(String type) {
        byte[] body = "{\"iin\":\"900101300017\"}".getBytes(StandardCharsets.UTF_8);

        for (String path : List.of("/v1/egov/verify/iin", "/egov/ajax/verify-iin/", "/v1/egov/embed/tokens")) {
            String token = path.endsWith("tokens") ? TestTokens.shared().program("egov_host", "egov_host") : Http.CLERK;
            assertThat(http.send("POST", path, token, type, body, Map.of()).status())
                    .as(path)
                    .isEqualTo(415);
        }
        assertThat(http.send("POST", "/v1/egov/verify/iin", Http.CLERK, null, body, Map.of())
                        .status())
                .isEqualTo(415);
    }

    @Test
    void otherEncodingsAreReadOrRefusedAndNeverGuessed() {
        byte[] utf16 = "{\"iin\":\"123456789012\"}".getBytes(StandardCharsets.UTF_16);
        byte[] broken = {'{', '"', 'i', 'i', 'n', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};

        assertThat(http.send("POST", "/v1/egov/verify/iin", Http.CLERK, "application/json", utf16, Map.of())
                        .status())
                .isIn(200, 400);
        assertThat(http.send("POST", "/v1/egov/verify/iin", Http.CLERK, "application/json", broken, Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(PORTAL.questions()).isEmpty();
    }

    /** Ten megabytes of every kind, sent with a length and without one. */
    @ParameterizedTest
    @CsvSource({
        "/v1/egov/verify/iin, application/json",
        "/egov/ajax/verify-passport/, application/json",
        "/v1/egov/verify/bulk, application/json",
        "/v1/egov/verify/bulk, text/csv"
    })
    void tenMegabytesAreTooMuchEverywhere(String path, String type) {
        byte[] huge = new byte[10_000_000];
        Arrays.fill(huge, (byte) '9');
        huge[0] = (byte) (type.equals("text/csv") ? '9' : path.endsWith("bulk") ? '[' : '{');

        assertThat(http.tooLarge(path, Http.CLERK, type, huge)).isTrue();
        assertThat(PORTAL.questions()).isEmpty();
    }

    /** Two bytes a row, so that it is the rows that are too many, or the bytes, whichever comes first. */
    @Test
    void aMillionRowsAreRefusedAsOneBody() {
        byte[] million = "1\n".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        long before = count("select count(*) from bulk_job");

        assertThat(http.tooLarge("/v1/egov/verify/bulk", Http.CLERK, "text/csv", million))
                .isTrue();
        assertThat(count("select count(*) from bulk_job")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/egov/verifications?status=%27%20or%201=1--",
                "/v1/egov/verifications?type=iin%27",
                "/v1/egov/verifications?limit=-1",
                "/v1/egov/verifications?limit=100000",
                "/v1/egov/verifications?limit=x",
                "/v1/egov/verifications?cursor=%00",
                "/v1/egov/verifications/not-an-id",
                "/v1/egov/verifications/%27%20or%201=1--",
                "/v1/egov/verify/bulk/1",
                "/egov/verifications/?older=%27"
            })
    void injectionsInAddressesAreRefusedPlainly(String path) {
        Reply reply = http.get(path, Http.CLERK);

        assertThat(reply.status()).as(reply.text()).isIn(400, 404);
        assertThat(reply.text()).doesNotContain("Exception", "io.darvoza", "select ");
    }
}
