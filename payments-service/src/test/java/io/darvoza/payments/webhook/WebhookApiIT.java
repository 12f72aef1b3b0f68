package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.signature.ApiKeys;
import io.darvoza.payments.signature.Signer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The partner's operations on endpoints and deliveries, signed. */
@RealService
class WebhookApiIT {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String WEBHOOKS = "/v1/payments/webhooks";
    private static final String TOKEN = TestTokens.shared().program("partner", "partner");
    private static final String TOKEN2 = TestTokens.shared().program("partner2", "partner");
    private static final Receiver RECEIVER = new Receiver();

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private WebhookGauges gauges;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private PartnerHttp http;
    private Signer signer;
    private Signer signer2;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("darvoza.payments.webhooks.exceptions", RECEIVER::origin);
    }

    @AfterAll
    static void closeReceiver() {
        RECEIVER.close();
    }

    @BeforeEach
    void onboard() {
        http = new PartnerHttp(port);
        database.sql("delete from webhook_delivery").then().block(BOUND);
        database.sql("delete from webhook_endpoint").then().block(BOUND);
        signer = signer("partner");
        signer2 = signer("partner2");
    }

    private Signer signer(String client) {
        UUID partner = TestPartners.add(database, client);
        return Signer.of(
                keys.issue(partner, ApiKeys.Wish.forEverything("test"), "test").block(BOUND));
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void anEndpointIsMadeTestedChangedAndDeleted() {
        String url = RECEIVER.path("api", Receiver.status(200));
        Reply created = send("POST", WEBHOOKS, "{\"url\":\"" + url + "\",\"event_types\":[\"payment.approved\"]}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().get("secret").asString()).startsWith("whsec_");
        String own = WEBHOOKS + "/" + created.json().get("id").asString();

        assertThat(get(own).text()).contains("payment.approved").doesNotContain("whsec_");
        Reply tested = send("POST", own + "/test", null);
        assertThat(tested.status()).as(tested.text()).isEqualTo(202);
        await().atMost(BOUND).until(() -> RECEIVER.calls("api").size() == 1);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(
                                get(own + "/deliveries?state=delivered").json().get("deliveries"))
                        .hasSize(1));
        var delivery = get(own + "/deliveries").json().at("/deliveries/0");
        assertThat(delivery.get("event_type").asString()).isEqualTo("webhook.test");
        assertThat(delivery.get("last_status").asInt()).isEqualTo(200);

        Reply again =
                send("POST", WEBHOOKS + "/deliveries/" + delivery.get("id").asString() + "/redeliver", null);
        assertThat(again.status()).as(again.text()).isEqualTo(202);
        await().atMost(BOUND).until(() -> RECEIVER.calls("api").size() == 2);
        assertThat(RECEIVER.calls("api"))
                .extracting(Receiver.Call::id)
                .containsOnly(delivery.get("message_id").asString());

        Reply changed = send("PUT", own, "{\"url\":\"" + url + "\",\"status\":\"disabled\"}");
        assertThat(changed.json().get("status").asString()).isEqualTo("disabled");
        assertThat(changed.json().get("disabled_reason").asString()).isEqualTo("by_partner");
        assertThat(send("POST", own + "/test", null).code()).isEqualTo("state_conflict");
        assertThat(send("POST", own + "/redeliver", "{}").code()).isEqualTo("state_conflict");

        assertThat(send("DELETE", own, null).status()).isEqualTo(204);
        assertThat(get(own).status()).isEqualTo(404);
        assertThat(get(WEBHOOKS).json().get("webhooks")).isEmpty();
    }

    @Test
    void aForeignEndpointIsNotThere() {
        Reply created = send("POST", WEBHOOKS, "{\"url\":\"https://shop.example/hook\"}");
        String own = WEBHOOKS + "/" + created.json().get("id").asString();

        assertThat(http.send("GET", own, TOKEN2, null, Map.of()).status()).isEqualTo(404);
        assertThat(http.send("GET", own + "/deliveries", TOKEN2, null, Map.of()).status())
                .isEqualTo(404);
        assertThat(http.send("DELETE", own, TOKEN2, null, signer2.headers("DELETE", http.uri(own), ""))
                        .status())
                .isEqualTo(404);
        assertThat(get(own).status()).isEqualTo(200);
    }

    @Test
    void everyWrongMemberIsNamedAndNothingIsWritten() {
        Reply refused = send(
                "POST",
                WEBHOOKS,
                "{\"url\":\"http://169.254.169.254/\",\"event_types\":[\"payment.approved\",\"x\"],\"status\":\"odd\",\"description\":\""
                        + "d".repeat(201) + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/url", "/event_types/1", "/status", "/description");
        assertThat(send("POST", WEBHOOKS, "{}").json().at("/errors/0/pointer").asString())
                .isEqualTo("/url");
        assertThat(get(WEBHOOKS).json().get("webhooks")).isEmpty();
    }

    @Test
    void aPartnerHasNoMoreEndpointsThanItMayHave() {
        for (int i = 0; i < 10; i++) {
            assertThat(send("POST", WEBHOOKS, "{\"url\":\"https://shop.example/hook\"}")
                            .status())
                    .isEqualTo(201);
        }

        assertThat(send("POST", WEBHOOKS, "{\"url\":\"https://shop.example/hook\"}")
                        .code())
                .isEqualTo("too_many_webhooks");
    }

    @Test
    void deliveriesComeInPagesAndByStateOnly() {
        String url = RECEIVER.path("paged", Receiver.status(200));
        String own = WEBHOOKS + "/"
                + send("POST", WEBHOOKS, "{\"url\":\"" + url + "\"}")
                        .json()
                        .get("id")
                        .asString();
        for (int i = 0; i < 5; i++) {
            assertThat(send("POST", own + "/test", null).status()).isEqualTo(202);
        }

        Reply first = get(own + "/deliveries?limit=3");
        assertThat(first.json().get("deliveries")).hasSize(3);
        Reply second = get(own + "/deliveries?limit=3&cursor="
                + first.json().get("next_cursor").asString());
        assertThat(second.json().get("deliveries")).hasSize(2);
        assertThat(second.json().has("next_cursor")).isFalse();
        assertThat(get(own + "/deliveries?state=lost").code()).isEqualTo("validation_failed");
        assertThat(get(own + "/deliveries?cursor=abc").code()).isEqualTo("invalid_cursor");
    }

    private Reply get(String path) {
        return http.send("GET", path, TOKEN, null, Map.of());
    }

    private Reply send(String method, String path, String body) {
        return http.send(method, path, TOKEN, body, signer.headers(method, http.uri(path), body == null ? "" : body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/hook",
                "http://127.0.0.1:1/hook",
                "https://10.0.0.1/hook",
                "https://user@example.org/",
                "nothing",
            })
    void anOrdersOwnAddressWillNotDoElsewhereThanAtAnEndpoint(String address) {
        UUID partner = TestPartners.add(database, "partner");
        endpoint(partner, RECEIVER.path("here", Receiver.status(200)));
        webhooks.requireCallable(partner, RECEIVER.origin() + "/there").block(BOUND);

        assertThatThrownBy(() -> webhooks.requireCallable(partner, address).block(BOUND))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void theMetricsTellHowManyWaitAndForHowLong() {
        endpoint(TestPartners.add(database, "partner"), "https://example.org/");
        database.sql(
                        "update webhook_endpoint set status = 'disabled', disabled_reason = 'by_partner', disabled_at = now()")
                .then()
                .block(BOUND);
        database.sql("""
                        insert into webhook_delivery (id, endpoint_id, message_id, event_type, body, state, next_attempt_at,
                            created_at)
                        select gen_random_uuid(), id, 'm', 't', '{}', 'pending', now() - interval '1 minute',
                            now() - interval '2 minutes' from webhook_endpoint
                        """).then().block(BOUND);
        gauges.look().block(BOUND);
        assertThat(meters.get("payments.webhook.pending").gauge().value()).isOne();
        assertThat(meters.get("payments.webhook.lag").gauge().value()).isZero();
        assertThat(meters.get("payments.webhook.oldest").gauge().value()).isGreaterThanOrEqualTo(120);
    }

    private void endpoint(UUID partner, String url) {
        database.sql("insert into webhook_endpoint (id, partner_id, url, secret, created_at)"
                        + " values (gen_random_uuid(), :partner, :url, '', now())")
                .bind("partner", partner)
                .bind("url", url)
                .then()
                .block(BOUND);
    }
}
