package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PaymentsInstance;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of two deliveries: the messages arrive all the same, each under the same id. */
class WebhookCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String PERSON = TestTokens.shared()
            .draft()
            .user("partner_user", "partner")
            .claim("partner", "partner")
            .sign();

    /** Before the call nothing has arrived; after the answer the receiver has it, and gets it once more. */
    @Test
    void aKilledSenderLosesNothing() {
        try (var receiver = new Receiver();
                var service = new PaymentsInstance()) {
            Map<String, String> settings = Map.of(
                    "darvoza.payments.webhooks.exceptions",
                    receiver.origin(),
                    // Longer than it stands, or it would take over from itself.
                    "darvoza.payments.webhooks.lease",
                    "10s");
            service.start("webhook.after-take,webhook.after-answer", settings);
            addPartner(service);
            try (var http = new PartnerHttp(service.port())) {
                send(http, receiver, "taken");
                service.process().awaitFailpoint(BOUND, "webhook.after-take");
                send(http, receiver, "answered");
                service.process().awaitFailpoint(BOUND, "webhook.after-answer");
            }
            service.process().kill();
            assertThat(receiver.calls("taken")).isEmpty();
            assertThat(receiver.calls("answered")).hasSize(1);

            service.startHere(settings);

            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(service.database().query("select state from webhook_delivery"))
                            .containsExactly("delivered", "delivered"));
            assertThat(receiver.calls("taken")).hasSize(1);
            assertThat(receiver.calls("answered"))
                    .hasSize(2)
                    .extracting(Receiver.Call::id)
                    .containsOnly(receiver.calls("answered").getFirst().id());
        }
    }

    private static void addPartner(PaymentsInstance service) {
        service.database().execute("""
                insert into partner (id, client_id, name, currency, status, ttl_seconds, deposit_bps, deposit_min_minor,
                                     withdrawal_bps, withdrawal_min_minor, created_at)
                values (gen_random_uuid(), 'partner', 'partner', 'RUB', 'active', 900, 250, 0, 250, 0, now())
                on conflict (client_id) do nothing
                """);
    }

    /** A message to an endpoint of its own. */
    private static void send(PartnerHttp http, Receiver receiver, String endpoint) {
        String wish = "{\"url\":\"" + receiver.path(endpoint, Receiver.status(200)) + "\"}";
        PartnerHttp.Reply created = http.send("POST", "/v1/payments/webhooks", PERSON, wish, Map.of());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String own = "/v1/payments/webhooks/" + created.json().get("id").asString();
        assertThat(http.send("POST", own + "/test", PERSON, null, Map.of()).status())
                .isEqualTo(202);
    }
}
