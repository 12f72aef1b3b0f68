package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PaymentsChild;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} in the middle of a delivery: the message arrives all the same, under the same id. */
class WebhookCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String PERSON = TestTokens.shared()
            .draft()
            .user("partner_user", "partner")
            .claim("partner", "partner")
            .sign();

    /** Before the call nothing has arrived; after the answer the receiver has it, and gets it once more. */
    @ParameterizedTest
    @CsvSource({"webhook.after-take, 0, 1", "webhook.after-answer, 1, 2"})
    void aKilledSenderLosesNothing(String failpoint, int before, int after) throws SQLException {
        try (var receiver = new Receiver();
                var service = new PaymentsChild()) {
            Map<String, String> settings = Map.of(
                    "darvoza.payments.webhooks.exceptions", receiver.origin(), "darvoza.payments.webhooks.lease", "2s");
            String url = receiver.path("hook", Receiver.status(200));
            service.start(failpoint, settings);
            addPartner(service);
            try (var http = new PartnerHttp(service.port())) {
                PartnerHttp.Reply created =
                        http.send("POST", "/v1/payments/webhooks", PERSON, "{\"url\":\"" + url + "\"}", Map.of());
                assertThat(created.status()).as(created.text()).isEqualTo(201);
                String own = "/v1/payments/webhooks/" + created.json().get("id").asString();
                assertThat(http.send("POST", own + "/test", PERSON, null, Map.of())
                                .status())
                        .isEqualTo(202);
            }
            service.process().awaitFailpoint(BOUND);
            service.process().kill();
            assertThat(receiver.calls("hook")).hasSize(before);

            service.start(null, settings);

            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(states(service)).containsExactly("delivered"));
            List<Receiver.Call> calls = receiver.calls("hook");
            assertThat(calls).hasSize(after);
            assertThat(calls)
                    .extracting(Receiver.Call::id)
                    .containsOnly(calls.getFirst().id());
        }
    }

    private static void addPartner(PaymentsChild service) throws SQLException {
        try (Connection connection = service.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into partner (id, client_id, name, currency, status, ttl_seconds, deposit_bps, deposit_min_minor,
                                         withdrawal_bps, withdrawal_min_minor, created_at)
                    values (gen_random_uuid(), 'partner', 'partner', 'RUB', 'active', 900, 250, 0, 250, 0, now())
                    on conflict (client_id) do nothing
                    """);
        }
    }

    private static List<String> states(PaymentsChild service) throws SQLException {
        try (Connection connection = service.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select array_agg(state) from webhook_delivery")) {
            rows.next();
            return List.of((String[]) rows.getArray(1).getArray());
        }
    }
}
