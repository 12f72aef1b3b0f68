package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.AUDITOR;
import static io.darvoza.payments.order.OrderWorld.COMPLIANCE;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.OPERATOR2;
import static io.darvoza.payments.order.OrderWorld.PARTNER;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What the payment desk sees and does besides deciding. */
@RealService
class OperatorDeskIT {

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
    }

    @AfterEach
    void everythingBalances() {
        world.assertBalanced();
        world.close();
    }

    @Test
    void theDeskHearsOfAnOrderAtOnceAndMissesNothingWhenItComesBack() throws Exception {
        String missed;
        String lastSeen;
        try (LiveStream stream = stream(null)) {
            String uid = queued("101.00");
            LiveStream.Event processing = stream.until("processing", uid);
            lastSeen = processing.id();
            assertThat(world.claimed(OPERATOR, uid)).isEqualTo(3);
            assertThat(stream.until("claimed", uid).data()).contains("\"by\":\"user:");
            missed = uid;
        }
        world.ops(OPERATOR, missed, "release");
        try (LiveStream stream = stream(lastSeen)) {
            List<String> kinds =
                    List.of(stream.next(missed).kind(), stream.next(missed).kind());
            assertThat(kinds).containsExactly("claimed", "unclaimed");
        }
        try (LiveStream stream = stream("999999999")) {
            assertThat(stream.any().kind()).isEqualTo("resync");
        }
    }

    @Test
    void thePayerHearsTheOutcomeLive() throws Exception {
        String uid = queued("102.00");
        try (LiveStream stream = new LiveStream(port, "/pay/" + uid + "/events", null, null)) {
            assertThat(stream.any().data()).contains("processing");
            long version = world.claimed(OPERATOR, uid);
            world.ops(OPERATOR, uid, "fail", version, "{\"reason\":\"not_received\"}");
            assertThat(stream.any().data()).contains("\"failed\"").contains("\"performed\":true");
        }
    }

    @Test
    void twoWhoAskForTheNextOrderGetTwo() {
        String first = queued("103.00");
        String second = queued("104.00");
        drainQueueBut(first, second);

        Reply one = world.post(OPERATOR, "/v1/payments/ops/orders/next", "");
        Reply two = world.post(OPERATOR2, "/v1/payments/ops/orders/next", "");

        assertThat(one.json().get("uid").asString()).isEqualTo(first);
        assertThat(two.json().get("uid").asString()).isEqualTo(second);
        assertThat(world.post(SUPERVISOR, "/v1/payments/ops/orders/next", "").status())
                .isEqualTo(204);
    }

    @Test
    void aHoldWaitsForItsDocumentWithoutAClaim() {
        String uid = queued("105.00");
        long version = world.claimed(OPERATOR, uid);
        Reply held = world.ops(OPERATOR, uid, "hold", version, "{\"supporting_document_id\":\"789\"}");

        assertThat(held.json().get("sub_status").asString()).isEqualTo("on_hold");
        assertThat(held.json().has("claimed")).isFalse();
        assertThat(world.ops(OPERATOR, uid, "claim").code()).isEqualTo("state_conflict");
        Reply released =
                world.ops(COMPLIANCE, uid, "unhold", held.json().get("version").asLong(), "");
        assertThat(released.json().get("sub_status").asString()).isEqualTo("queued");
        assertThat(world.eventsOf(uid))
                .containsExactly(
                        "payments.payment.created.v1",
                        "payments.payment.processing.v1",
                        "payments.payment.held.v1",
                        "payments.payment.released.v1");

        world.execute("insert into supporting_document (id, status, version) values (790, 'approved', 2)");
        long again = world.claimed(OPERATOR, uid);
        assertThat(world.ops(OPERATOR, uid, "hold", again, "{\"supporting_document_id\":\"790\"}")
                        .code())
                .isEqualTo("document_approved_already");
    }

    @Test
    void aLeaseEndsByTheClock() throws InterruptedException {
        String uid = queued("106.00");
        world.claimed(OPERATOR, uid);
        world.execute("update payment_order set lease_until = now() - interval '1 s' where uid = '" + uid + "'");
        for (int i = 0; i < 100 && !world.feedOf(uid).contains("unclaimed"); i++) {
            Thread.sleep(100);
        }
        assertThat(world.feedOf(uid)).containsExactly("created", "processing", "claimed", "unclaimed");
        assertThat(world.claimed(OPERATOR2, uid)).isPositive();
    }

    @Test
    void whoWaitsTooLongIsToldToASupervisorOnce() throws InterruptedException {
        String uid = queued("107.00");
        world.execute("update payment_order set escalate_at = now() - interval '1 s' where uid = '" + uid + "'");
        for (int i = 0; i < 100 && !world.feedOf(uid).contains("escalated"); i++) {
            Thread.sleep(100);
        }
        assertThat(world.feedOf(uid)).containsExactly("created", "processing", "escalated");
        assertThat(world.get(SUPERVISOR, "/v1/payments/ops/orders/" + uid)
                        .json()
                        .get("order")
                        .has("escalated_at"))
                .isTrue();
    }

    @Test
    void aListACsvAndTheirFilterAgree() {
        String uid = queued("108.08");
        JsonNode list = world.get(
                        AUDITOR, "/v1/payments/ops/orders?status=processing&amount_from=108.08&amount_to=108.08")
                .json();
        assertThat(list.get("items").findValuesAsString("uid")).containsExactly(uid);
        Reply csv = world.get(
                AUDITOR, "/v1/payments/ops/orders/export.csv?status=processing&amount_from=108.08&amount_to=108.08");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.text().lines()).hasSize(2);
        assertThat(csv.text()).contains(uid + ",partner,");
        assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?colour=red").code())
                .isEqualTo("unknown_parameter");
        assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?amount_from=x").code())
                .isEqualTo("validation_failed");
        assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?q=" + uid)
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(world.get(PARTNER, "/v1/payments/ops/orders").status()).isEqualTo(403);
    }

    @Test
    void anOrderIsFoundByEachOfItsNames() {
        String uid = queued("108.50");
        long version = world.claimed(OPERATOR, uid);
        world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"found-by-it\"}");
        String externalId = world.get(AUDITOR, "/v1/payments/ops/orders/" + uid)
                .json()
                .get("order")
                .get("external_id")
                .asString();

        for (String name : List.of(uid, externalId, "found-by-it")) {
            assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?status=approved&q=" + name)
                            .json()
                            .get("items")
                            .findValuesAsString("uid"))
                    .as(name)
                    .containsExactly(uid);
        }
        assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?status=processing&q=" + uid)
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(world.get(OPERATOR, "/v1/payments/ops/orders?q=found-by")
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void aNoteStaysWithTheOrderAndLeavesItsVersion() {
        String uid = queued("109.00");
        assertThat(world.ops(COMPLIANCE, uid, "note", null, "{\"text\":\"called the payer\"}")
                        .status())
                .isEqualTo(204);
        Reply detail = world.get(AUDITOR, "/v1/payments/ops/orders/" + uid);

        assertThat(detail.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(detail.json().get("timeline").findValuesAsString("detail")).contains("called the payer");
        assertThat(world.ops(OPERATOR, uid, "note", null, "{\"text\":\" \"}").status())
                .isEqualTo(400);
    }

    @Test
    void manyOrdersAnswerEachForItself() {
        String mine = queued("110.00");
        String notMine = queued("111.00");
        world.claimed(OPERATOR, mine);
        Reply done = world.post(
                OPERATOR,
                "/v1/payments/ops/orders/bulk",
                "{\"action\":\"fail\",\"reason\":\"not_received\",\"uids\":[\"%s\",\"%s\"]}".formatted(mine, notMine));

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().get("items").get(0).get("status").asString()).isEqualTo("failed");
        assertThat(done.json().get("items").get(1).get("code").asString()).isEqualTo("claim_required");
        assertThat(world.post(
                                OPERATOR,
                                "/v1/payments/ops/orders/bulk",
                                "{\"action\":\"approve\",\"uids\":[\"%s\"]}".formatted(notMine))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void manyOrdersWaitForADocumentAreWrittenAboutAndGoToSomebody() {
        List<String> uids = List.of(queued("115.00"), queued("116.00"));
        assertThat(bulk(SUPERVISOR, "note", uids, "\"comment\":\"seen\""))
                .isEqualTo(List.of("processing", "processing"));
        assertThat(bulk(SUPERVISOR, "reassign", uids, "\"subject\":\"anna\",\"name\":\"Анна\""))
                .isEqualTo(List.of("processing", "processing"));
        assertThat(bulk(OPERATOR, "reassign", uids, "\"subject\":\"anna\",\"name\":\"Анна\""))
                .isEqualTo(List.of("forbidden", "forbidden"));
        assertThat(bulk(SUPERVISOR, "reassign", uids, "\"name\":null")).isEqualTo(List.of("processing", "processing"));
        bulk(SUPERVISOR, "claim", uids, "\"name\":null");
        assertThat(bulk(SUPERVISOR, "hold", uids, "\"supporting_document_id\":\"4321\""))
                .isEqualTo(List.of("processing", "processing"));
        assertThat(bulk(SUPERVISOR, "unhold", uids, "\"name\":null")).isEqualTo(List.of("processing", "processing"));

        uids.forEach(uid ->
                assertThat(world.feedOf(uid)).endsWith("noted", "claimed", "unclaimed", "claimed", "held", "released"));
        Reply refused = world.post(
                SUPERVISOR,
                "/v1/payments/ops/orders/bulk",
                "{\"action\":\"hold\",\"supporting_document_id\":\"x\",\"uids\":[\"%s\"]}".formatted(uids.getFirst()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("/supporting_document_id");
    }

    /** What became of each: its status, or why not. */
    private List<String> bulk(String person, String action, List<String> uids, String more) {
        Reply done = world.post(
                person,
                "/v1/payments/ops/orders/bulk",
                "{\"action\":\"%s\",\"uids\":[\"%s\"],%s}".formatted(action, String.join("\",\"", uids), more));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        return done.json()
                .get("items")
                .valueStream()
                .map(item -> item.get(item.has("code") ? "code" : "status").asString())
                .toList();
    }

    @Test
    void aPayersCardIsShownWithAReasonAndOnRecord() {
        world.prefund(100_000);
        String uid = world.created("withdrawal", "10.00").get("uid").asString();
        world.pay(uid, "confirm", "{\"card_number\":\"%s\"}".formatted(OrderWorld.PAYER_CARD));

        assertThat(world.ops(OPERATOR, uid, "reveal-pan", null, "{}").status()).isEqualTo(400);
        assertThat(world.ops(AUDITOR, uid, "reveal-pan", null, "{\"reason\":\"curious\"}")
                        .status())
                .isEqualTo(403);
        Reply shown = world.ops(OPERATOR, uid, "reveal-pan", null, "{\"reason\":\"to pay\"}");
        assertThat(shown.json().get("card_number").asString()).isEqualTo(OrderWorld.PAYER_CARD);
        assertThat(world.number("select count(*) from audit_log where action = 'card_number_revealed' and object_id = '"
                        + uid + "'"))
                .isOne();
    }

    @Test
    void theStatementIsTheSameAsJsonAndAsCsv() {
        world.prefund(50_000);
        String uid = world.created("withdrawal", "10.00").get("uid").asString();
        world.partnerPost("/v1/payments/orders/" + uid + "/cancel");
        Reply page = world.get(PARTNER, "/v1/payments/statement?limit=200");
        Reply csv = world.get(PARTNER, "/v1/payments/statement?format=csv");

        List<String> balances = page.json().get("items").findValuesAsString("balance");
        assertThat(balances).isNotEmpty();
        assertThat(csv.text().lines().skip(1).map(line -> line.split(",")[5])).containsExactlyElementsOf(balances);
        assertThat(page.json().get("items").findValuesAsString("kind")).contains("prefund", "hold", "void");
        assertThat(world.get(PARTNER, "/v1/payments/balance")
                        .json()
                        .get("available")
                        .asString())
                .isEqualTo(balances.getLast());
        assertThat(world.get(PARTNER, "/v1/payments/statement?format=xml").status())
                .isEqualTo(400);
    }

    @Test
    void theFiguresCountWhatWaits() {
        queued("112.00");
        JsonNode open = world.get(SUPERVISOR, "/v1/payments/ops/stats").json().get("open");

        assertThat(open.get("queued").asLong()).isPositive();
        assertThat(open.has("oldest_queued_at")).isTrue();
    }

    private String queued(String amount) {
        String uid = world.created("deposit", amount).get("uid").asString();
        world.confirmed(uid);
        return uid;
    }

    private void drainQueueBut(String first, String second) {
        JsonNode items = world.get(SUPERVISOR, "/v1/payments/ops/orders?sub_status=queued&limit=200")
                .json()
                .get("items");
        for (JsonNode item : items) {
            String uid = item.get("uid").asString();
            if (!uid.equals(first) && !uid.equals(second)) {
                world.ops(
                        COMPLIANCE,
                        uid,
                        "reject",
                        item.get("version").asLong(),
                        "{\"reason\":\"duplicate\",\"comment\":\"test\"}");
            }
        }
    }

    private LiveStream stream(String last) {
        return new LiveStream(port, "/v1/payments/ops/orders/stream", OPERATOR, last);
    }
}
