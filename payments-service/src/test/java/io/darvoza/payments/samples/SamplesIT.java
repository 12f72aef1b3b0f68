package io.darvoza.payments.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.signature.ApiKeys;
import io.darvoza.payments.signature.IssuedKey;
import io.darvoza.payments.signature.Signer;
import io.darvoza.payments.webhook.Receiver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The clients' samples against the running service: it takes what they sign, and they know what it signed. */
@RealService
class SamplesIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String TOKEN = TestTokens.shared().program("partner", "partner");
    private static final Receiver RECEIVER = new Receiver();

    @Autowired
    private ApiKeys keys;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private IssuedKey key;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("darvoza.payments.webhooks.exceptions", RECEIVER::origin);
    }

    @AfterAll
    static void close() {
        RECEIVER.close();
    }

    @BeforeEach
    void onboard() {
        UUID partner = TestPartners.add(database, "partner");
        key = keys.issue(partner, ApiKeys.Wish.forEverything("sample"), "test").block(BOUND);
    }

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void theServiceTakesWhatASampleSigns(Sample sample) {
        Map<String, String> environment = Map.of(
                "DARVOZA_URL",
                "http://127.0.0.1:" + port,
                "DARVOZA_TOKEN",
                TOKEN,
                "DARVOZA_KEY_ID",
                key.key().id().toString(),
                "DARVOZA_SECRET_HEX",
                key.secret().hex());

        assertThat(sample.run(
                        environment,
                        "{\"label\":\"от примера\",\"scopes\":[\"read\"]}",
                        "call",
                        "POST",
                        "/v1/payments/keys"))
                .startsWith("201\n")
                .contains("secret_hex");
        assertThat(sample.run(environment, "", "call", "GET", "/v1/payments/orders?type=deposit&external_id=a%20b%2f"))
                .startsWith("200\n");

        var forged = new HashMap<>(environment);
        forged.put("DARVOZA_SECRET_HEX", "00".repeat(32));
        assertThat(sample.run(forged, "{}", "call", "POST", "/v1/payments/keys"))
                .startsWith("401\n")
                .contains("signature_invalid");
    }

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void aSampleKnowsWhatTheServiceSigned(Sample sample) {
        String path = "sample-" + sample;
        String url = RECEIVER.path(path, Receiver.status(204));
        String secret;
        try (var http = new PartnerHttp(port)) {
            PartnerHttp.Reply created = signed(http, "/v1/payments/webhooks", "{\"url\":\"" + url + "\"}");
            secret = created.json().get("secret").asString();
            String test = "/v1/payments/webhooks/" + created.json().get("id").asString() + "/test";
            assertThat(signed(http, test, "").status()).isEqualTo(202);
        }
        await().atMost(BOUND).until(() -> RECEIVER.calls(path).size() == 1);
        Receiver.Call call = RECEIVER.calls(path).getFirst();
        Map<String, String> environment = Map.of(
                "WEBHOOK_SECRET", secret,
                "WEBHOOK_ID", call.id(),
                "WEBHOOK_TIMESTAMP", call.timestamp(),
                "WEBHOOK_SIGNATURE", call.signature());

        assertThat(sample.run(environment, call.body(), "verify")).isEqualTo("genuine");
        assertThat(sample.run(environment, call.body().replace("webhook.test", "webhook.tost"), "verify"))
                .isEqualTo("refused");
    }

    private PartnerHttp.Reply signed(PartnerHttp http, String path, String body) {
        return http.send("POST", path, TOKEN, body, Signer.of(key).headers("POST", http.uri(path), body));
    }
}
