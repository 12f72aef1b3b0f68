package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.KafkaAccess;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.LiveEvents;
import io.darvoza.local.client.PartnerCallbacks;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.state.PartnerKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The seed's flow of both kinds of payment through the gateway: partner → payer → operator → money → payer and partner. */
class PaymentJourneyIT {

    private static final String OPS = "/v1/payments/ops/orders/";
    private static final String TOPIC = "payments.payment-status.v1";
    private static final String PAYERS_CARD = "2200000000000004";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Http http;
    private static PartnerProgram partner;
    private static String operator;
    private static String auditor;
    private static PartnerCallbacks callbacks;
    private static LiveEvents desk;
    private static LiveEvents partnersEvents;
    private static TopicReader topic;

    @BeforeAll
    static void open() {
        RunningSuite suite = RunningSuite.get();
        http = new Http(suite.address());
        JsonNode key = suite.credentials("partner");
        String token = suite.token("partner");
        partner = new PartnerProgram(
                http,
                token,
                new PartnerKey(
                        key.get("key_id").asString(), key.get("secret_hex").asString()));
        operator = suite.token("payments_operator");
        auditor = suite.token("auditor");
        callbacks = new PartnerCallbacks(suite.partAt(8190), partner);
        desk = new LiveEvents(http, OPS + "stream", operator);
        partnersEvents = new LiveEvents(http, token);
        topic = new TopicReader(
                new KafkaAccess("127.0.0.1:" + suite.partAt(19092).getPort()), TOPIC);
    }

    @AfterAll
    static void close() {
        topic.close();
        partnersEvents.close();
        desk.close();
        callbacks.close();
    }

    @AfterEach
    void theLedgerFits() {
        Reply check = http.get("/v1/payments/admin/ledger/check", auditor);
        assertThat(check.json().get("balanced").asBoolean()).as(check.text()).isTrue();
    }

    @Test
    void aDepositIsPaidApprovedAndTold() throws InterruptedException {
        BigDecimal before = available();
        // 1 The partner asks, by token and signature, and gets a link and the card to pay to.
        JsonNode order = created("deposit", "10000.00");
        String uid = order.get("uid").asString();
        assertThat(order.get("status").asString()).isEqualTo("new");
        assertThat(order.get("performed").asBoolean()).isFalse();
        assertThat(order.get("fee").asString()).isEqualTo("250.00");
        assertThat(order.get("payment_url").asString()).endsWith("/payment.html?uid=" + uid);

        // 2 The payer sees amount and card.
        JsonNode page = http.get("/pay/" + uid, null).json();
        assertThat(page.get("amount").asString()).isEqualTo("10000.00");
        assertThat(page.get("card_number")).isEqualTo(order.get("card_number"));

        try (var payer = new LiveEvents(http, "/pay/" + uid + "/events", null)) {
            // 3 «Я оплатил»: the operators' screen has it without a reload.
            confirm(uid, "{}");
            onTheDesk(uid, "processing");

            // 4 An operator takes it and approves; the money is booked in the same moment.
            String version = claim(uid);
            JsonNode approved = decide(uid, "approve", version, "{\"bank_reference\":\"E2E-%s\"}".formatted(uid));
            assertThat(approved.get("status").asString()).isEqualTo("approved");
            assertThat(approved.get("performed").asBoolean()).isTrue();
            onTheDesk(uid, "approved");
            assertThat(available().subtract(before)).isEqualByComparingTo("9750.00");

            // 5 The payer's page shows it.
            toldToThePayer(payer, "approved");
        }
        // 6 The partner is called back, and the suite told.
        calledBack(uid, "approved");
        published(uid, "created", "processing", "approved");
    }

    @Test
    void aWithdrawalIsHeldPaidOutAndTold() throws InterruptedException {
        String payoutCard = cardWithMoney("3000.00");
        BigDecimal before = available();
        // 1 The partner asks; amount and commission are held before anybody promises them to anybody.
        JsonNode order = created("withdrawal", "1000.00");
        String uid = order.get("uid").asString();
        assertThat(order.has("card_number")).isFalse();
        assertThat(before.subtract(available())).isEqualByComparingTo("1025.00");

        try (var payer = new LiveEvents(http, "/pay/" + uid + "/events", null)) {
            // 2 The payer names his card. From now on it is masked.
            confirm(uid, "{\"card_number\":\"" + PAYERS_CARD + "\"}");
            assertThat(onTheDesk(uid, "processing").toString())
                    .contains("220000******0004")
                    .doesNotContain(PAYERS_CARD);

            // 3 An operator takes it, pays from a card and approves.
            String version = claim(uid);
            JsonNode approved = decide(
                    uid,
                    "approve",
                    version,
                    "{\"payout_card_id\":\"%s\",\"bank_reference\":\"E2E-%s\"}".formatted(payoutCard, uid));
            assertThat(approved.get("performed").asBoolean()).isTrue();
            assertThat(before.subtract(available())).isEqualByComparingTo("1025.00");
            toldToThePayer(payer, "approved");
        }
        calledBack(uid, "approved");
        published(uid, "created", "processing", "approved");
    }

    @Test
    void aRejectedWithdrawalGivesTheMoneyBack() throws InterruptedException {
        BigDecimal before = available();
        String uid = created("withdrawal", "400.00").get("uid").asString();
        try (var payer = new LiveEvents(http, "/pay/" + uid + "/events", null)) {
            confirm(uid, "{\"card_number\":\"" + PAYERS_CARD + "\"}");
            JsonNode rejected =
                    decide(uid, "reject", claim(uid), "{\"reason\":\"wrong_details\",\"comment\":\"end to end\"}");
            assertThat(rejected.get("status").asString()).isEqualTo("rejected");
            assertThat(rejected.get("performed").asBoolean()).isTrue();
            assertThat(available()).isEqualByComparingTo(before);
            toldToThePayer(payer, "rejected");
        }
        calledBack(uid, "rejected");
        published(uid, "created", "processing", "rejected");
    }

    private static JsonNode created(String type, String amount) {
        Reply made = partner.order(type, amount);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private static void confirm(String uid, String body) {
        Reply confirmed = http.post("/pay/" + uid + "/confirm", null, body);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(202);
        assertThat(confirmed.json().get("status").asString()).isEqualTo("processing");
    }

    /** Gives what If-Match must name. */
    private static String claim(String uid) {
        Reply claimed = http.post(OPS + uid + "/claim", operator, "");
        assertThat(claimed.status()).as(claimed.text()).isEqualTo(200);
        assertThat(claimed.json().at("/claimed/mine").asBoolean()).isTrue();
        return claimed.header("ETag");
    }

    private static JsonNode decide(String uid, String decision, String version, String body) {
        Reply decided = http.post(OPS + uid + "/" + decision, operator, body, "If-Match", version);
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
        return decided.json();
    }

    /** A card pays out what came in on it. */
    private static String cardWithMoney(String amount) {
        String uid = created("deposit", amount).get("uid").asString();
        confirm(uid, "{}");
        return decide(uid, "approve", claim(uid), "{\"bank_reference\":\"E2E-%s\"}".formatted(uid))
                .get("card_id")
                .asString();
    }

    private static BigDecimal available() {
        return new BigDecimal(
                partner.get("/v1/payments/balance").json().get("available").asString());
    }

    private static JsonNode onTheDesk(String uid, String kind) throws InterruptedException {
        JsonNode event = desk.next(
                told -> uid.equals(told.at("/order/uid").asString(""))
                        && kind.equals(told.path("kind").asString("")),
                SOON);
        assertThat(event).as("%s of %s on the operators' screen", kind, uid).isNotNull();
        return event;
    }

    private static void toldToThePayer(LiveEvents payer, String status) throws InterruptedException {
        JsonNode event = payer.next(told -> status.equals(told.path("status").asString("")), SOON);
        assertThat(event).as("%s on the payer's page", status).isNotNull();
        assertThat(event.get("performed").asBoolean()).isTrue();
    }

    private static void calledBack(String uid, String status) throws InterruptedException {
        PartnerCallbacks.Callback callback = callbacks.next(uid, "payment." + status, SOON);
        assertThat(callback).as("callback about %s", uid).isNotNull();
        assertThat(callback.genuine()).as("its signature").isTrue();
        assertThat(callback.body().at("/data/status").asString()).isEqualTo(status);
        assertThat(callback.body().at("/data/performed").asBoolean()).isTrue();
    }

    /** On the topic, in this order and once each, and in the partner's own live stream. */
    private static void published(String uid, String... events) throws InterruptedException {
        List<String> types = List.of(events).stream()
                .map(event -> "payments.payment." + event + ".v1")
                .toList();
        List<ConsumerRecord<String, String>> records = topic.until(
                SOON,
                seen -> seen.stream()
                                .filter(published -> uid.equals(published.key()))
                                .count()
                        >= types.size());
        assertThat(records.stream()
                        .filter(published -> uid.equals(published.key()))
                        .map(published -> new String(
                                published.headers().lastHeader("ce_type").value()))
                        .toList())
                .isEqualTo(types);
        String last = types.getLast();
        assertThat(partnersEvents.next(
                        told -> uid.equals(told.path("subject").asString(""))
                                && last.equals(told.path("type").asString("")),
                        SOON))
                .as("%s in the partner's own stream", last)
                .isNotNull();
    }
}
