package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** Verifications as callers see them, with a portal behind the service that does as it is told. */
@RealService
@ExtendWith(OutputCaptureExtension.class)
class VerificationIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Portal PORTAL = TestPortal.PORTAL;
    private static int used;

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private MeterRegistry meters;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
        PORTAL.forget();
        // Each test has the limit and the breaker to itself.
        sql("delete from upstream_slot");
        sql("delete from upstream_key");
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aKnownNumberIsVerifiedWithWhatTheProviderTold() {
        String iin = fresh();

        Reply reply = http.iin(iin);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("verified");
        assertThat(reply.json().path("is_verified").asBoolean()).isTrue();
        assertThat(reply.word("assurance")).isEqualTo("OPEN_DATA");
        assertThat(reply.word("source")).isEqualTo("persons/v1/iin");
        assertThat(reply.json().at("/data/full_name").asString()).isEqualTo("СЕРІКОВ ӘЛІ");
        assertThat(reply.json().at("/derived/reliable").asBoolean()).isFalse();
        assertThat(reply.word("number")).isEqualTo("••••••••" + iin.substring(8));
        assertThat(reply.text()).doesNotContain(iin);
        Portal.Question question = PORTAL.questionsAbout(iin).getFirst();
        assertThat(question.path()).isEqualTo("/api/v4/persons/v1");
        assertThat(question.key()).isEqualTo(Portal.KEY);
        assertThat(question.query()).contains("\"query\":{\"match\":{\"iin\":\"" + iin + "\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "900101300016"})
    void aWrongCheckDigitNeverTouchesTheUpstream(String iin) {
        Reply reply = http.iin(iin);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("invalid");
        assertThat(reply.word("reason")).isEqualTo("CHECKSUM");
        assertThat(reply.word("assurance")).isEqualTo("LOCAL");
        assertThat(PORTAL.questions()).isEmpty();
        assertThat(count("select count(*) from upstream_slot")).isZero();
    }

    @Test
    void theSeedsExamplesAreAnsweredAtEverySpelling() {
        for (String prefix : List.of("/egov/ajax/", "/v1/egov/ajax/")) {
            for (String slash : List.of("", "/")) {
                Reply iin = http.post(prefix + "verify-iin" + slash, Http.CLERK, "{\"iin\": \"123456789012\"}");
                assertThat(iin.status()).isEqualTo(200);
                assertThat(iin.json().path("success").asBoolean()).isFalse();
                assertThat(iin.word("status")).isEqualTo("invalid");
                assertThat(iin.word("error")).contains("check digit");
                Reply passport = http.post(
                        prefix + "verify-passport" + slash, Http.CLERK, "{\"passport_number\": \"N12345678\"}");
                assertThat(passport.json().path("success").asBoolean())
                        .as(passport.text())
                        .isTrue();
                assertThat(passport.word("verified_at")).endsWith("Z");
                Reply health = http.get(prefix + "health" + slash, null);
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.json().at("/egov_api/enabled").asBoolean()).isTrue();
                assertThat(health.json().at("/egov_api").has("error")).isFalse();
            }
        }
    }

    @Test
    void aVerdictCountsForFiveMinutesAndEachRequestHasItsOwnRow() {
        String iin = fresh();
        Reply first = http.iin(iin);
        Reply second = http.iin(iin);

        assertThat(second.json().path("from_cache").asBoolean()).isTrue();
        assertThat(second.word("verification_id")).isNotEqualTo(first.word("verification_id"));
        assertThat(second.word("checked_at")).isEqualTo(first.word("checked_at"));
        assertThat(second.json().at("/data/full_name").asString()).isEqualTo("СЕРІКОВ ӘЛІ");
        assertThat(PORTAL.questionsAbout(iin)).hasSize(1);
        assertThat(count("select count(*) from verification where from_cache and id = '"
                        + second.word("verification_id") + "'"))
                .isEqualTo(1);
        assertThat(count("select extract(epoch from fresh_until - (select checked_at from verification where id = '"
                        + first.word("verification_id")
                        + "'))::bigint from verdict_cache order by fresh_until desc limit 1"))
                .isEqualTo(300);
    }

    @Test
    void aHundredAtOnceAreOneQuestion() throws Exception {
        String iin = fresh();
        var allAsked = new CountDownLatch(1);
        PORTAL.behave((call, number) -> {
            allAsked.await();
            Portal.person(call, number);
        });
        List<Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                running.add(threads.submit(() -> http.iin(iin)));
            }
            Awaitility.await()
                    .until(() -> meters.get("darvoza.detached.running").gauge().value() >= 100);
            allAsked.countDown();
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
        }

        assertThat(replies).allSatisfy(reply -> assertThat(reply.word("status")).isEqualTo("verified"));
        assertThat(replies.stream().map(reply -> reply.word("verification_id")).distinct())
                .hasSize(100);
        assertThat(PORTAL.questionsAbout(iin)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/html        | <html>sorry</html>  | 502 | provider_failed      | UPSTREAM_FORMAT  | 1",
                "200 | application/json | {\"error\":\"bad key\"} | 502 | provider_failed      | UPSTREAM_AUTH    | 1",
                "200 | application/json | [{\"iin\":           | 502 | provider_failed      | UPSTREAM_FORMAT  | 1",
                "400 | application/json | {}                  | 502 | provider_failed      | UPSTREAM_REFUSED | 1",
                "403 | text/html        | <html>no</html>     | 502 | provider_failed      | UPSTREAM_AUTH    | 1",
                "404 | text/html        | <html>no</html>     | 503 | config_error         | CONFIG_ERROR     | 1",
                "429 | text/plain       | slowly              | 503 | provider_unavailable | UPSTREAM_RATE    | 1",
                "500 | text/plain       | ill                 | 502 | provider_failed      | UPSTREAM_ERROR   | 3",
                "503 | text/plain       | ill                 | 502 | provider_failed      | UPSTREAM_ERROR   | 3",
                "504 | text/plain       | ill                 | 504 | provider_timeout     | UPSTREAM_TIMEOUT | 3",
            })
    void everyFailureOfTheUpstreamHasItsProblemAndIsNeverRemembered(
            int upstream, String type, String body, int status, String code, String reason, int tries) {
        String iin = fresh();
        PORTAL.behave(Portal.body(upstream, type, body));

        Reply reply = http.iin(iin);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.word("code")).isEqualTo(code);
        assertThat(reply.word("reason")).isEqualTo(reason);
        assertThat(PORTAL.questionsAbout(iin)).hasSize(tries);
        assertThat(count("select count(*) from upstream_slot")).isEqualTo(tries);
        assertThat(count("select count(*) from verification where id = '%s' and status = 'failed' and attempts = %d"
                        .formatted(reply.word("verification_id"), tries)))
                .isEqualTo(1);

        PORTAL.behave(Portal::person);
        sql("delete from upstream_key");
        assertThat(http.iin(iin).word("status")).isEqualTo("verified");
    }

    @Test
    void toTheSeedAFailedUpstreamIsAnOutcome() {
        PORTAL.behave(Portal.body(200, "text/html", "<html></html>"));

        Reply reply = http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"" + fresh() + "\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("failed");
        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_FORMAT");
        assertThat(reply.json().path("success").asBoolean()).isFalse();
    }

    @Test
    void aConnectionThatIsCutIsAFailure() {
        PORTAL.behave((call, _) -> {
            call.sendResponseHeaders(200, 1000);
            call.getResponseBody().write('[');
            call.getResponseBody().flush();
            call.close();
        });

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_ERROR");
    }

    @Test
    void anOlderVerdictStandsInWhenTheUpstreamFailsAndSaysSo() {
        String iin = fresh();
        Reply before = http.iin(iin);
        grownOld();
        PORTAL.behave(Portal.body(500, "text/plain", "ill"));

        Reply stale = http.iin(iin);

        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.json().path("stale").asBoolean()).isTrue();
        assertThat(stale.word("status")).isEqualTo("verified");
        assertThat(stale.word("checked_at")).isEqualTo(before.word("checked_at"));

        PORTAL.behave(Portal::person);
        Reply again = http.iin(iin);
        assertThat(again.json().path("stale").asBoolean()).isFalse();
        assertThat(again.json().path("from_cache").asBoolean()).isFalse();
    }

    @Test
    void theSixtyFirstIsRefusedWhileRememberedVerdictsPass() {
        String known = fresh();
        assertThat(http.iin(known).status()).isEqualTo(200);
        sql(
                "insert into upstream_slot select key_id, egov_clock(), 'single' from upstream_slot, generate_series(1, 59)");

        String unknown = fresh();
        Reply refused = http.iin(unknown);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.word("code")).isEqualTo("upstream_limit_reached");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(55, 63);
        assertThat(PORTAL.questionsAbout(unknown)).isEmpty();
        assertThat(http.iin(known).json().path("from_cache").asBoolean()).isTrue();
        assertThat(http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"" + unknown + "\"}")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void anUpstreamThatStaysIllIsLeftAlone() {
        PORTAL.behave(Portal.body(500, "text/plain", "ill"));
        for (int i = 0; i < 4; i++) {
            assertThat(http.iin(fresh()).status()).isIn(502, 503);
        }
        int asked = PORTAL.questions().size();

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.word("reason")).isEqualTo("BREAKER_OPEN");
        assertThat(reply.headers().firstValue("Retry-After")).contains("30");
        assertThat(PORTAL.questions()).hasSize(asked);
        assertThat(http.get("/egov/ajax/health/", null)
                        .json()
                        .at("/egov_api/breaker")
                        .asString())
                .isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"number\":\"%s\",\"expiry_date\":\"2020-01-01\",\"full_name\":\"A\"}] | expired | EXPIRED_DOC",
                "[{\"number\":\"%s\",\"status\":\"REVOKED\"}]                            | invalid | REVOKED_DOC",
                "[{\"number\":\"N00000000\",\"full_name\":\"other\"}]                    | invalid | NOT_FOUND",
                "[]                                                                      | invalid | NOT_FOUND",
            })
    void aPassportIsJudgedByItsOwnRow(String body, String status, String reason) {
        String number = "N%08d".formatted(20_000_000 + used++);
        PORTAL.behave(Portal.json(body.replace("%s", number)));

        Reply reply = http.post("/v1/egov/verify/passport", Http.CLERK, "{\"passport_number\":\"" + number + "\"}");

        assertThat(reply.word("status")).as(reply.text()).isEqualTo(status);
        assertThat(reply.word("reason")).isEqualTo(reason);
    }

    @Test
    void organisationsAreLookedUpInTheRegisterOfLegalEntities() {
        Reply reply = http.post("/v1/egov/verify/bin", Http.CLERK, "{\"bin\":\"150140000012\"}");

        assertThat(reply.json().at("/data/name").asString()).isEqualTo("ТОО Пример");
        assertThat(PORTAL.questions().getFirst().path()).isEqualTo("/api/v4/gbd_ul/v1");
    }

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

    @Test
    void otherMediaTypesAndHugeBodiesAreRefused() {
        byte[] small = "{\"iin\":\"900101300017\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(http.send("POST", "/v1/egov/verify/iin", Http.CLERK, "text/plain", small, Map.of())
                        .status())
                .isEqualTo(415);
        assertThat(http.send(
                                "POST",
                                "/v1/egov/verify/iin",
                                Http.CLERK,
                                "application/json",
                                ("{\"iin\":\"" + "9".repeat(400_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                                Map.of())
                        .status())
                .isEqualTo(413);
    }

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
            assertThat(texts(table))
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

        String payload = database.sql(
                        "select owner_kind || ' ' || type || ' ' || payload from outbox_event where subject = '" + id
                                + "'")
                .mapValue(String.class)
                .one()
                .block(BOUND);
        assertThat(payload)
                .startsWith("user egov.verification.completed.v1 ")
                .contains("\"status\":\"verified\"")
                .doesNotContain(iin, iin.substring(8), "СЕРІКОВ");
    }

    private static String fresh() {
        return Numbers.iin(used++);
    }

    /** As if the five minutes were over, on this instance and for all. */
    private void grownOld() {
        TestPortal.CLOCK.advance(Duration.ofMinutes(6));
    }

    private void sql(String statement) {
        database.sql(statement).then().block(BOUND);
    }

    private long count(String query) {
        return database.sql(query).mapValue(Long.class).one().block(BOUND);
    }

    private List<byte[]> bytes(String query) {
        return database.sql(query)
                .map(row -> row.get(0, byte[].class))
                .all()
                .collectList()
                .block(BOUND);
    }

    private List<String> texts(String table) {
        return database.sql("select row_to_json(t)::text from %s t".formatted(table))
                .mapValue(String.class)
                .all()
                .collectList()
                .block(BOUND);
    }
}
