package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import io.darvoza.egov.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every call is logged and every verification told, without anything about the person. */
@ExtendWith(OutputCaptureExtension.class)
class CallLogIT extends Scene {

    @Test
    void everyCallIsLoggedMaskedAndWithoutTheKey(CapturedOutput output) throws IOException {
        String iin = fresh();
        Reply done = http.iin(iin);
        http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"nonsense\"}");
        PORTAL.behave(Portal.body(500, "text/plain", "ill"));
        http.iin(fresh());

        Reply in = http.get("/v1/egov/api-log?verification_id=" + done.word("verification_id"), Http.ADMIN);
        assertThat(in.json().path("calls")).hasSize(1);
        assertThat(in.json().at("/calls/0/number").asString()).isEqualTo("••••••••" + iin.substring(8));
        assertThat(in.json().at("/calls/0/principal").asString()).startsWith("user:");
        assertThat(in.json().at("/calls/0/status").asInt()).isEqualTo(200);
        assertThat(count("select count(*) from api_call where direction = 'in' and status = 400"))
                .isPositive();
        assertThat(count("select count(*) from api_call where direction = 'out'"))
                .isGreaterThanOrEqualTo(4);
        assertThat(http.get("/v1/egov/api-log?direction=out&limit=1", Http.ADMIN)
                        .json()
                        .at("/calls/0/error")
                        .asString())
                .isEqualTo("UPSTREAM_ERROR");

        assertThat(output.getAll()).doesNotContain(Portal.KEY).doesNotContain(iin);
        for (String table :
                List.of("verification", "api_call", "verdict_cache", "outbox_event", "audit_log", "upstream_slot")) {
            assertThat(rows(table))
                    .as(table)
                    .noneMatch(row -> row.contains(iin) || row.contains(Portal.KEY) || row.contains("СЕРІКОВ"));
        }
        for (String column : List.of("facts from verification where facts is not null", "verdict from verdict_cache")) {
            assertThat(bytes("select " + column))
                    .as(column)
                    .isNotEmpty()
                    .noneMatch(value -> new String(value, StandardCharsets.UTF_8).contains("СЕРІКОВ"));
        }
        Path file = Path.of("target/egov_integration-test.log");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(file)).contains(done.word("verification_id")));
        assertThat(Files.readString(file)).doesNotContain(iin, Portal.KEY, "СЕРІКОВ");
    }

    @Test
    void eachVerificationIsAnEventOfItsAskerWithoutPersonalData() {
        String iin = fresh();
        String id = http.iin(iin).word("verification_id");

        String payload = text(
                "select owner_kind || ' ' || type || ' ' || payload from outbox_event where subject = '" + id + "'");
        assertThat(payload)
                .startsWith("user egov.verification.completed.v1 ")
                .contains("\"status\":\"verified\"")
                .doesNotContain(iin, iin.substring(8), "СЕРІКОВ");
    }
}
