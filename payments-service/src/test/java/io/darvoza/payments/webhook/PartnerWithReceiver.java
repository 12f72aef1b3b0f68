package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/** Callbacks with short pauses to a receiver of the tests', which stays until the last of them. */
@RealService
abstract class PartnerWithReceiver {

    static final Duration BOUND = Duration.ofSeconds(10);
    static final Receiver RECEIVER = new Receiver();

    @Autowired
    Webhooks webhooks;

    @Autowired
    ManageWebhooks manage;

    @Autowired
    Endpoints endpoints;

    @Autowired
    Deliveries deliveries;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    DatabaseClient database;

    UUID partner;

    @DynamicPropertySource
    static void shortPauses(DynamicPropertyRegistry registry) {
        registry.add("darvoza.payments.webhooks.exceptions", RECEIVER::origin);
        registry.add("darvoza.payments.webhooks.pauses", () -> "300ms,300ms,300ms");
        registry.add("darvoza.payments.webhooks.wrong-pause", () -> "300ms");
        registry.add("darvoza.payments.webhooks.longest-pause", () -> "2s");
        registry.add("darvoza.payments.webhooks.timeout", () -> "1s");
        registry.add("darvoza.payments.webhooks.poll", () -> "50ms");
        registry.add("darvoza.payments.webhooks.per-endpoint", () -> "3");
        registry.add("darvoza.payments.webhooks.max-endpoints", () -> "1000");
        registry.add("darvoza.payments.webhooks.disable-after", () -> "60s");
    }

    @BeforeEach
    void onePartnerWithoutEndpoints() {
        partner = TestPartners.add(database, "partner");
        database.sql("delete from webhook_delivery").then().block(BOUND);
        database.sql("delete from webhook_endpoint").then().block(BOUND);
    }

    final ManageWebhooks.WithSecret endpoint(String url) {
        return manage.add(partner, new Endpoints.Wish(url, null, List.of(), true), "test")
                .block(BOUND);
    }

    final void enqueue(PaymentSnapshot order) {
        webhooks.enqueue(order).as(transaction::transactional).block(BOUND);
    }

    final PaymentSnapshot order(String uid, long version, String event) {
        return order(uid, version, event, null);
    }

    final PaymentSnapshot order(String uid, long version, String event, String callbackUrl) {
        Instant now = Instant.now();
        return new PaymentSnapshot(
                partner,
                event,
                now,
                uid,
                "order-" + uid,
                "deposit",
                "new",
                null,
                false,
                "1500.00",
                null,
                "37.50",
                "RUB",
                version,
                now,
                null,
                null,
                callbackUrl);
    }

    static List<Receiver.Call> awaitCalls(String path, int count) {
        await().atMost(BOUND).until(() -> RECEIVER.calls(path).size() >= count);
        return RECEIVER.calls(path);
    }

    final void awaitState(ManageWebhooks.WithSecret added, String state, int attempts) {
        await().atMost(BOUND).untilAsserted(() -> {
            assertThat(only(added).state()).isEqualTo(state);
            assertThat(only(added).attempts()).isEqualTo(attempts);
        });
    }

    final Delivery only(ManageWebhooks.WithSecret added) {
        List<Delivery> all = all(added);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    final List<String> states(ManageWebhooks.WithSecret added) {
        return all(added).stream().map(Delivery::state).toList();
    }

    final List<Delivery> all(ManageWebhooks.WithSecret added) {
        return deliveries
                .page(added.endpoint().id(), null, PageRequest.of(null, null))
                .block(BOUND)
                .items();
    }

    static String signature(WebhookSecret secret, Receiver.Call call) {
        return secret.sign(call.id(), Instant.ofEpochSecond(Long.parseLong(call.timestamp())), call.body());
    }

    static Long version(String body) {
        return JsonMapper.shared().readTree(body).at("/data/version").asLong();
    }
}
