package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Callbacks with short pauses against receivers that behave well and badly. */
@RealService
class WebhookSenderIT {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Receiver RECEIVER = new Receiver();

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private ManageWebhooks manage;

    @Autowired
    private Endpoints endpoints;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private TransactionalOperator transaction;

    @Autowired
    private DatabaseClient database;

    private UUID partner;

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

    @AfterAll
    static void close() {
        RECEIVER.close();
    }

    @BeforeEach
    void onePartnerWithoutEndpoints() {
        partner = TestPartners.add(database, "partner");
        database.sql("delete from webhook_delivery").then().block(BOUND);
        database.sql("delete from webhook_endpoint").then().block(BOUND);
    }

    @Test
    void aMessageArrivesSignedAndAsItWasWhenTheOrderChanged() {
        var added = endpoint(RECEIVER.path("good", Receiver.status(204)));

        enqueue(order("u-1", 2, "payment.processing"));

        Receiver.Call call = awaitCalls("good", 1).getFirst();
        assertThat(call.id()).startsWith("evt_");
        assertThat(Instant.ofEpochSecond(Long.parseLong(call.timestamp())))
                .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(1));
        assertThat(call.signature()).isEqualTo(signature(added.secret(), call));
        var json = JsonMapper.shared().readTree(call.body());
        assertThat(json.get("type").asString()).isEqualTo("payment.processing");
        assertThat(json.at("/data/external_id").asString()).isEqualTo("order-u-1");
        assertThat(json.at("/data/amount").asString()).isEqualTo("1500.00");
        assertThat(json.at("/data/version").asLong()).isEqualTo(2);
        assertThat(json.at("/data/card_mask").isMissingNode()).isTrue();
        awaitState(added, "delivered", 1);
    }

    /** The first endpoint at the origin lends its secret and is not called itself; one elsewhere is, as ever. */
    @Test
    void anOrdersOwnAddressStandsInForTheEndpointAtItsOrigin() {
        var first = endpoint(RECEIVER.path("stands-back", Receiver.status(200)));
        endpoint(RECEIVER.path("as-ever", Receiver.status(200)));
        String own = RECEIVER.path("order-42", Receiver.status(200));
        webhooks.requireCallable(partner, own).block(BOUND);

        enqueue(order("u-1", 1, "payment.created", own));

        Receiver.Call call = awaitCalls("order-42", 1).getFirst();
        assertThat(call.signature()).isEqualTo(signature(first.secret(), call));
        awaitCalls("as-ever", 1);
        assertThat(RECEIVER.calls("stands-back")).isEmpty();
        awaitState(first, "delivered", 1);
    }

    @Test
    void whatIsRolledBackIsNotSent() {
        endpoint(RECEIVER.path("rolled-back", Receiver.status(200)));

        Mono<Void> failing = webhooks.enqueue(order("u-1", 1, "payment.created"))
                .then(Mono.error(new IllegalStateException("rolled back")));
        assertThat(failing.as(transaction::transactional).onErrorComplete().block(BOUND))
                .isNull();
        enqueue(order("u-2", 1, "payment.created"));

        assertThat(awaitCalls("rolled-back", 1))
                .hasSize(1)
                .allMatch(call -> call.body().contains("u-2"));
    }

    @Test
    void anEndpointHearsOnlyWhatItAskedFor() {
        String url = RECEIVER.path("choosy", Receiver.status(200));
        manage.add(partner, new Endpoints.Wish(url, null, List.of("payment.approved"), true), "test")
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));
        enqueue(order("u-1", 2, "payment.approved"));

        assertThat(awaitCalls("choosy", 1))
                .hasSize(1)
                .allMatch(call -> call.body().contains("payment.approved"));
    }

    @Test
    void aFailedTryIsRepeatedUnderTheSameIdWithASignatureOfItsOwnTime() {
        var added = endpoint(RECEIVER.path(
                "flaky", (call, number) -> Receiver.reply(call, number < 3 ? 500 : 200, "try " + number)));

        enqueue(order("u-1", 1, "payment.created"));

        List<Receiver.Call> calls = awaitCalls("flaky", 3);
        assertThat(calls)
                .extracting(Receiver.Call::id)
                .containsOnly(calls.getFirst().id());
        assertThat(calls).allSatisfy(call -> assertThat(call.signature()).isEqualTo(signature(added.secret(), call)));
        awaitState(added, "delivered", 3);
        assertThat(endpoints.find(partner, added.endpoint().id()).block(BOUND).failingSince())
                .isNull();
    }

    @Test
    void ofOneOrderNoVersionOvertakesAnEarlierOneButOtherOrdersDo() {
        endpoint(RECEIVER.path("ordered", (call, number) -> Receiver.reply(call, number <= 2 ? 503 : 200, "")));

        enqueue(order("u-1", 1, "payment.created"));
        enqueue(order("u-1", 2, "payment.processing"));
        enqueue(order("u-1", 3, "payment.approved"));

        List<String> bodies =
                awaitCalls("ordered", 5).stream().map(Receiver.Call::body).toList();
        assertThat(bodies.stream().map(WebhookSenderIT::version)).containsExactly(1L, 1L, 1L, 2L, 3L);
    }

    @Test
    void aSlowEndpointHoldsUpNobodyElse() {
        endpoint(RECEIVER.path("slow", (call, _) -> {
            Thread.sleep(3000);
            Receiver.reply(call, 200, "");
        }));
        IntStream.range(0, 40).forEach(i -> enqueue(order("slow-" + i, 1, "payment.created")));
        awaitCalls("slow", 1);
        endpoint(RECEIVER.path("quick", Receiver.status(200)));
        Instant start = Instant.now();

        IntStream.range(0, 20).forEach(i -> enqueue(order("quick-" + i, 1, "payment.created")));

        assertThat(awaitCalls("quick", 20)).hasSize(20);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aTryEndsAtItsTimeOut() {
        var added = endpoint(RECEIVER.path("dripping", (call, _) -> {
            call.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                call.getResponseBody().write('.');
                call.getResponseBody().flush();
                Thread.sleep(100);
            }
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitCalls("dripping", 2);
        assertThat(only(added).lastError()).isEqualTo("timeout");
    }

    @Test
    void anEndlessAnswerIsReadToItsBeginningOnly() {
        var added = endpoint(RECEIVER.path("chatty", (call, _) -> {
            call.sendResponseHeaders(200, 0);
            byte[] much = "x".repeat(8192).getBytes();
            try {
                for (int i = 0; i < 10_000; i++) {
                    call.getResponseBody().write(much);
                }
            } catch (IOException closed) {
                call.close();
            }
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "delivered", 1);
        assertThat(only(added).lastAnswer()).hasSize(2048);
    }

    @Test
    void aRedirectIsNotFollowed() {
        String target = RECEIVER.path("target", Receiver.status(200));
        var added = endpoint(RECEIVER.path("redirecting", (call, _) -> {
            call.getResponseHeaders().add("Location", target);
            Receiver.reply(call, 307, "");
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "failed", 4);
        assertThat(RECEIVER.calls("target")).isEmpty();
        assertThat(only(added).lastStatus()).isEqualTo(307);
    }

    @Test
    void theReceiversRetryAfterIsHonoured() {
        endpoint(RECEIVER.path("busy", (call, number) -> {
            call.getResponseHeaders().add("Retry-After", "1");
            Receiver.reply(call, number == 1 ? 429 : 200, "");
        }));

        enqueue(order("u-1", 1, "payment.created"));

        List<Receiver.Call> calls = awaitCalls("busy", 2);
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void aReceiverThatIsGoneIsCalledNoMoreAndThePartnersOthersAreTold() {
        endpoint(RECEIVER.path("other", Receiver.status(200)));
        var gone = endpoint(RECEIVER.path("gone", Receiver.status(410)));

        enqueue(order("u-1", 1, "payment.created"));
        await().atMost(BOUND)
                .until(() -> !endpoints
                        .find(partner, gone.endpoint().id())
                        .block(BOUND)
                        .isActive());
        enqueue(order("u-2", 1, "payment.created"));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(RECEIVER.calls("other"))
                        .anyMatch(call -> call.body().contains("webhook.disabled")
                                && call.body().contains("gone")));
        assertThat(RECEIVER.calls("gone")).hasSize(1);
        assertThat(endpoints.find(partner, gone.endpoint().id()).block(BOUND).disabledReason())
                .isEqualTo("gone");
        assertThat(states(gone)).containsOnly("failed").hasSize(2);
    }

    @Test
    void anEndpointThatFailsForTooLongIsDisabled() {
        var added = endpoint(RECEIVER.path("broken", Receiver.status(500)));
        database.sql("update webhook_endpoint set failing_since = now() - interval '2 minutes'")
                .then()
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(endpoints
                                .find(partner, added.endpoint().id())
                                .block(BOUND)
                                .disabledReason())
                        .isEqualTo("failing"));
        assertThat(RECEIVER.calls("broken")).hasSize(1);
    }

    @Test
    void whatFailedForGoodStaysVisibleAndCanBeSentAgain() {
        var added = endpoint(
                RECEIVER.path("mended", (call, number) -> Receiver.reply(call, number <= 4 ? 500 : 200, "no")));
        enqueue(order("u-1", 1, "payment.created"));
        awaitState(added, "failed", 4);
        assertThat(only(added).lastAnswer()).isEqualTo("no");

        assertThat(deliveries
                        .failedAgain(added.endpoint().id(), Instant.EPOCH, Instant.now())
                        .block(BOUND))
                .isEqualTo(1);

        awaitState(added, "delivered", 1);
        assertThat(RECEIVER.calls("mended"))
                .hasSize(5)
                .extracting(Receiver.Call::id)
                .hasSize(5)
                .containsOnly(only(added).messageId());
    }

    @Test
    void anEndpointThatIsAwayIsTriedAgain() {
        var away = new Receiver();
        away.close();
        var added = manage.add(partner, new Endpoints.Wish(RECEIVER.origin() + "/none", null, List.of(), true), "test")
                .block(BOUND);
        database.sql("update webhook_endpoint set url = :url")
                .bind("url", "https://127.0.0.1:" + away.port() + "/hook")
                .then()
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "failed", 4);
        assertThat(only(added).lastError()).isEqualTo("address_refused");
    }

    @Test
    void aRenewedSecretSignsBesideThePreviousOne() {
        var added = endpoint(RECEIVER.path("renewed", Receiver.status(200)));
        var renewed = manage.renewSecret(partner, added.endpoint().id(), "test").block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        Receiver.Call call = awaitCalls("renewed", 1).getFirst();
        assertThat(call.signature().split(" "))
                .containsExactly(signature(renewed.secret(), call), signature(added.secret(), call));
    }

    @Test
    void noMessageIsLostOrSentTwiceWhenAllGoesWell() {
        endpoint(RECEIVER.path("many", Receiver.status(200)));

        IntStream.range(0, 200).forEach(i -> enqueue(order("many-" + i % 50, 1 + i / 50, "payment.created")));

        List<Receiver.Call> calls = awaitCalls("many", 200);
        await().during(Duration.ofMillis(300))
                .atMost(BOUND)
                .until(() -> RECEIVER.calls("many").size() == 200);
        assertThat(calls).extracting(Receiver.Call::id).doesNotHaveDuplicates();
        for (int order = 0; order < 50; order++) {
            String uid = "\"many-" + order + "\"";
            assertThat(calls.stream()
                            .map(Receiver.Call::body)
                            .filter(body -> body.contains(uid))
                            .map(WebhookSenderIT::version))
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    private ManageWebhooks.WithSecret endpoint(String url) {
        return manage.add(partner, new Endpoints.Wish(url, null, List.of(), true), "test")
                .block(BOUND);
    }

    private void enqueue(PaymentSnapshot order) {
        webhooks.enqueue(order).as(transaction::transactional).block(BOUND);
    }

    private PaymentSnapshot order(String uid, long version, String event) {
        return order(uid, version, event, null);
    }

    private PaymentSnapshot order(String uid, long version, String event, String callbackUrl) {
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

    private static List<Receiver.Call> awaitCalls(String path, int count) {
        await().atMost(BOUND).until(() -> RECEIVER.calls(path).size() >= count);
        return RECEIVER.calls(path);
    }

    private void awaitState(ManageWebhooks.WithSecret added, String state, int attempts) {
        await().atMost(BOUND).untilAsserted(() -> {
            assertThat(only(added).state()).isEqualTo(state);
            assertThat(only(added).attempts()).isEqualTo(attempts);
        });
    }

    private Delivery only(ManageWebhooks.WithSecret added) {
        List<Delivery> all = all(added);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<String> states(ManageWebhooks.WithSecret added) {
        return all(added).stream().map(Delivery::state).toList();
    }

    private List<Delivery> all(ManageWebhooks.WithSecret added) {
        return deliveries
                .page(added.endpoint().id(), null, PageRequest.of(null, null))
                .block(BOUND)
                .items();
    }

    private static String signature(WebhookSecret secret, Receiver.Call call) {
        return secret.sign(call.id(), Instant.ofEpochSecond(Long.parseLong(call.timestamp())), call.body());
    }

    private static Long version(String body) {
        return JsonMapper.shared().readTree(body).at("/data/version").asLong();
    }
}
