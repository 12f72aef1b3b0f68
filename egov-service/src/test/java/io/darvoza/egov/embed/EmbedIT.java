package io.darvoza.egov.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** What a page of another origin can do with its token, and what it cannot. */
@RealService
class EmbedIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String HOST = TestTokens.shared().program("egov_host", "egov_host");
    private static final String ISSUE = "/v1/egov/embed/tokens";
    private static final String VERIFY = "/egov/ajax/verify-iin/";
    private static final String FORMS = "https://forms.example.kz";
    private static final String EVIL = "https://evil.example.kz";

    /** The check digit is wrong, so that nobody is asked. */
    private static final String BODY = "{\"iin\":\"123456789012\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
        TestPortal.PORTAL.forget();
        database.sql("delete from embed_token").then().block(BOUND);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aPageVerifiesWithATokenAndItsHostSeesTheVerification() {
        Reply reply = verify(token(FORMS, 3), FORMS, BODY);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.word("reason")).isEqualTo("CHECKSUM");
        assertThat(reply.headers().allValues("Access-Control-Allow-Origin")).containsExactly(FORMS);
        assertThat(reply.headers().allValues("Vary")).contains("Origin");
        assertThat(reply.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        String id = reply.word("verification_id");
        assertThat(http.get("/v1/egov/verifications/" + id, HOST).word("reason"))
                .isEqualTo("CHECKSUM");
        assertThat(http.get("/v1/egov/verifications/" + id, Http.CLERK).status())
                .isEqualTo(404);
        assertThat(database.sql("select principal || ' ' || channel from verification where id = '" + id + "'")
                        .mapValue(String.class)
                        .one()
                        .block(BOUND))
                .isEqualTo("client:egov_host embed");
    }

    @Test
    void aTokenIsGoodForSoManyChecksWhateverBecomesOfThem() {
        String token = token(FORMS, 2);

        assertThat(verify(token, FORMS, "{\"iin\":\"nonsense\"}").status()).isEqualTo(400);
        assertThat(verify(token, FORMS, BODY).status()).isEqualTo(200);
        Reply third = verify(token, FORMS, BODY);

        assertThat(third.status()).isEqualTo(401);
        assertThat(third.word("code")).isEqualTo("embed_token_refused");
        assertThat(third.headers().allValues("Access-Control-Allow-Origin"))
                .as("the page learns that it needs another one")
                .containsExactly(FORMS);
    }

    @Test
    void ofManyAtOnceNoMoreThanSoManyCome() throws Exception {
        String token = token(FORMS, 5);
        Callable<Reply> check = () -> verify(token, FORMS, BODY);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Reply>> all =
                    threads.invokeAll(Stream.generate(() -> check).limit(20).toList());
            long good = 0;
            for (Future<Reply> one : all) {
                good += one.get().status() == 200 ? 1 : 0;
            }
            assertThat(good).isEqualTo(5);
        }
    }

    @Test
    void aTokenEndsAfterFiveMinutes() {
        String token = token(FORMS, 3);
        TestPortal.CLOCK.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(verify(token, FORMS, BODY).status()).isEqualTo(200);
        TestPortal.CLOCK.advance(Duration.ofMillis(1));

        assertThat(verify(token, FORMS, BODY).status()).isEqualTo(401);
    }

    @Test
    void aTokenOfOneOriginIsWorthNothingOnAnother() {
        String token = token(FORMS, 3);
        String other = token("https://other.example.kz", 3);

        Reply foreign = verify(token, EVIL, BODY);
        assertThat(foreign.status()).isEqualTo(401);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(verify(other, FORMS, BODY).status()).isEqualTo(401);
        assertThat(verify(token, null, BODY).status()).isEqualTo(401);
        assertThat(verify(token, "null", BODY).status()).isEqualTo(401);
        assertThat(left(FORMS)).as("checks that the others did not take").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' or 1=1 --"})
    void whatIsNoTokenIsRefused(String token) {
        token(FORMS, 3);

        assertThat(verify(token, FORMS, BODY).status()).isEqualTo(401);
    }

    @Test
    void aTokenOpensNothingButVerify() {
        String token = token(FORMS, 9);
        Map<String, String> headers = Map.of("X-Embed-Token", token, "Origin", FORMS);
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

        for (String path : List.of(
                "/v1/egov/verify/iin",
                "/v1/egov/ajax/verify-iin",
                "/v1/egov/verify/bulk",
                "/v1/egov/embed/tokens",
                "/egov/verifications/",
                "/egov/embed/demo/guest")) {
            Reply reply = http.send("POST", path, null, "application/json", body, headers);
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        for (String path : List.of("/v1/egov/verifications", "/v1/egov/settings", "/egov/verifications/")) {
            assertThat(http.send("GET", path, null, null, new byte[0], headers).status())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(left(FORMS)).isEqualTo(9);
    }

    @Test
    void preflightsPassForOriginsWithATokenAndForWhatThePageNeeds() {
        token(FORMS, 1);

        Reply good = preflight(FORMS, "POST", "content-type, x-embed-token, accept-language");
        assertThat(good.status()).isEqualTo(204);
        assertThat(good.headers().allValues("Access-Control-Allow-Origin")).containsExactly(FORMS);
        assertThat(good.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(names -> assertThat(names).contains("x-embed-token"));
        assertThat(good.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        for (Reply refused : List.of(
                preflight(EVIL, "POST", "content-type"),
                preflight("null", "POST", "content-type"),
                preflight(FORMS, "DELETE", "content-type"),
                preflight(FORMS, "POST", "authorization"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void theScriptIsForEverySiteAndIsNotSentTwice() {
        Reply script = http.get("/egov/embed/verify.js", null);
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
        assertThat(script.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
        assertThat(script.text())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style");

        String tag = script.headers().firstValue("ETag").orElseThrow();
        Reply again = http.send("GET", "/egov/embed/verify.js", null, null, new byte[0], Map.of("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void hostsAskForAnOriginAndANumberThatMakeSense() {
        for (String body : List.of(
                "{}",
                "{\"origin\":null}",
                "{\"origin\":\"https://forms.example.kz/\"}",
                "{\"origin\":\"http://forms.example.kz\"}",
                "{\"origin\":\"https://forms.example.kz\",\"checks\":0}",
                "{\"origin\":\"https://forms.example.kz\",\"checks\":101}",
                "{\"origin\":\"https://forms.example.kz\",\"more\":1}")) {
            assertThat(http.post(ISSUE, HOST, body).status()).as(body).isEqualTo(400);
        }
        Reply issued = http.post(ISSUE, HOST, "{\"origin\":\"" + FORMS + "\"}");
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.json().path("expires_in").asInt()).isEqualTo(300);
        assertThat(issued.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(database.sql("select row_to_json(t)::text from embed_token t")
                        .mapValue(String.class)
                        .one()
                        .block(BOUND))
                .doesNotContain(issued.word("token"));
    }

    private String token(String origin, int checks) {
        Reply issued = http.post(ISSUE, HOST, "{\"origin\":\"%s\",\"checks\":%d}".formatted(origin, checks));
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued.word("token");
    }

    private Reply verify(String token, @Nullable String origin, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("X-Embed-Token", token));
        if (origin != null) {
            headers.put("Origin", origin);
        }
        return http.send("POST", VERIFY, null, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private Reply preflight(String origin, String method, String headers) {
        return http.send(
                "OPTIONS",
                VERIFY,
                null,
                null,
                new byte[0],
                Map.of(
                        "Origin", origin,
                        "Access-Control-Request-Method", method,
                        "Access-Control-Request-Headers", headers));
    }

    private int left(String origin) {
        return database.sql("select checks_left from embed_token where origin = '" + origin + "'")
                .mapValue(Integer.class)
                .one()
                .block(BOUND);
    }
}
