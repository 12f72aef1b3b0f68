package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.ADMIN;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR2;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Receipts that no order waited for, moves from card to card, and what a reversal leaves on a card. */
@RealService
class MoneyOnCardsIT {

    private static final String RECEIPTS = "/v1/payments/admin/receipts";
    private static final String MOVES = "/v1/payments/admin/card-moves";
    private static final String SECOND = "/v1/payments/ops/second-approvals/";

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
    void aReceiptIsBookedOnceAndTheDepositThatNamesItTakesIt() {
        String uid = confirmed("711.00");
        String card = world.cardOf(uid);
        long before = floatOf(card);
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Reply booked = world.post(OPERATOR, RECEIPTS, receipt(card, "711.00", "R-1"), key);
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(booked.json().get("card_mask").asString()).contains("******");
        assertThat(world.get(ADMIN, booked.headers().firstValue("Location").orElseThrow())
                        .text())
                .isEqualTo(booked.text());

        Reply replayed = world.post(OPERATOR, RECEIPTS, receipt(card, "711.00", "R-1"), key);
        assertThat(replayed.text()).isEqualTo(booked.text());
        assertThat(replayed.headers().firstValue("Idempotency-Hit")).hasValue("true");
        assertThat(world.post(OPERATOR, RECEIPTS, receipt(card, "711.00", "R-1"))
                        .code())
                .isEqualTo("bank_reference_taken");
        assertThat(floatOf(card)).isEqualTo(before + 71_100);
        assertThat(waiting()).contains("R-1");

        assertThat(approve(uid, "R-1").status()).isEqualTo(200);
        assertThat(postingsOf(uid)).isEqualTo("match");
        assertThat(floatOf(card)).isEqualTo(before + 71_100);
        assertThat(waiting()).doesNotContain("R-1");
        assertThat(world.get(ADMIN, RECEIPTS + "?matched=true&card_id=" + card).text())
                .contains(uid);
    }

    @Test
    void aDepositOfAnotherAmountLeavesTheReceiptAlone() {
        String uid = confirmed("712.00");
        String card = world.cardOf(uid);
        world.post(OPERATOR, RECEIPTS, receipt(card, "712.01", "R-2"));
        long before = world.available();

        Reply refused = approve(uid, "R-2");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("/actual_amount", "712.01");
        assertThat(postingsOf(uid)).isEmpty();
        assertThat(world.available()).isEqualTo(before);
        assertThat(waiting()).contains("R-2");
    }

    @Test
    void whatAnOrderHasBookedIsNoReceipt() {
        String uid = confirmed("713.00");
        assertThat(approve(uid, "R-3").status()).isEqualTo(200);

        assertThat(world.post(OPERATOR, RECEIPTS, receipt(world.cardOf(uid), "713.00", "R-3"))
                        .code())
                .isEqualTo("bank_reference_taken");
    }

    @Test
    void aReversedDepositGivesItsReceiptBackForTheRightOne() {
        String wrong = confirmed("714.00");
        String card = world.cardOf(wrong);
        world.post(OPERATOR, RECEIPTS, receipt(card, "714.00", "R-4"));
        approve(wrong, "R-4");
        reverse(wrong);
        assertThat(waiting()).contains("R-4");

        world.execute("update card set status = 'paused' where status = 'active' and id <> '" + card + "'");
        String right = confirmed("714.00");
        world.execute("update card set status = 'active' where status = 'paused'");
        Reply approved = approve(right, "R-4");
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(postingsOf(right)).isEqualTo("match");
    }

    @Test
    void aReceiptAndAnApprovalOfTheSameMoneyAtOnceCountItOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 12; round++) {
                String amount = (800 + round) + ".00";
                String uid = confirmed(amount);
                String card = world.cardOf(uid);
                String reference = "RACE-" + round;
                long before = floatOf(card);
                long version = world.claimed(OPERATOR, uid);
                List<Callable<Reply>> both = List.of(
                        () -> world.post(OPERATOR, RECEIPTS, receipt(card, amount, reference)),
                        () -> decide(uid, version, reference));
                for (Future<Reply> answer : threads.invokeAll(both)) {
                    assertThat(answer.get().status()).as(answer.get().text()).isIn(200, 201, 409);
                }
                assertThat(floatOf(card) - before).isEqualTo((800 + round) * 100L);
            }
        }
    }

    @Test
    void moneyGoesFromCardToCardByOnePersonAndWithABanksFeeByTwo() {
        String from = world.addCard().toString();
        String to = world.addCard().toString();
        Reply booked = world.post(OPERATOR, MOVES, move(from, to, "500.00", null, "M-1"));
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(world.post(OPERATOR, MOVES, move(from, to, "500.00", null, "M-1"))
                        .code())
                .isEqualTo("bank_reference_taken");
        assertThat(floatOf(from)).isEqualTo(-50_000);
        assertThat(floatOf(to)).isEqualTo(50_000);

        Reply asked = world.post(SUPERVISOR, MOVES, move(to, from, "200.00", "1.50", "M-2"));
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        String id = asked.json().get("id").asString();
        assertThat(floatOf(to)).isEqualTo(50_000);
        assertThat(world.get(ADMIN, "/v1/payments/ops/second-approvals").text()).contains(id, "M-2");
        assertThat(world.post(SUPERVISOR, SECOND + id + "/approve", "").code()).isEqualTo("second_person_required");
        Reply done = world.post(SUPERVISOR2, SECOND + id + "/approve", "");
        assertThat(done.status()).as(done.text()).isEqualTo(204);
        assertThat(world.post(SUPERVISOR2, SECOND + id + "/approve", "").code()).isEqualTo("state_conflict");

        assertThat(floatOf(to)).isEqualTo(50_000 - 20_150);
        assertThat(floatOf(from)).isEqualTo(-50_000 + 20_000);
        Reply list = world.get(OrderWorld.AUDITOR, MOVES + "?limit=1");
        assertThat(list.json().at("/moves/0/bank_fee").asString()).isEqualTo("1.50");
        assertThat(list.json().has("next_cursor")).isTrue();
        assertThat(world.get(ADMIN, "/v1/payments/admin/audit?object_kind=card_move")
                        .text())
                .contains("card_money_moved");
    }

    @ParameterizedTest
    @CsvSource({
        "0, /amount",
        "-1.00, /amount",
        "1.001, /amount",
        "1e3, /amount",
        "１.００, /amount",
    })
    void anAmountThatIsNoneIsRefusedWithItsPlace(String amount, String pointer) {
        String card = world.addCard().toString();
        String other = world.addCard().toString();
        long before = world.number("select count(*) from ledger_tx");

        for (Reply refused : List.of(
                world.post(OPERATOR, RECEIPTS, receipt(card, amount, "X")),
                world.post(OPERATOR, MOVES, move(card, other, amount, null, "X")))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.text()).contains(pointer);
        }
        assertThat(world.number("select count(*) from ledger_tx")).isEqualTo(before);
    }

    @Test
    void cardsThatAreNoneOrTheSameAreRefused() {
        String card = world.addCard().toString();
        String none = UUID.randomUUID().toString();

        assertThat(world.post(OPERATOR, RECEIPTS, receipt(none, "1.00", "X")).text())
                .contains("/card_id");
        assertThat(world.post(OPERATOR, MOVES, move(none, card, "1.00", null, "X"))
                        .text())
                .contains("/from_card");
        assertThat(world.post(OPERATOR, MOVES, move(card, card, "1.00", null, "X"))
                        .text())
                .contains("/to_card");
        assertThat(world.post(OPERATOR, RECEIPTS, receipt(card, "1.00", "R".repeat(65)))
                        .text())
                .contains("/bank_reference");
    }

    @Test
    void aReversalTakesTheTurnoverOffTheCardAgain() {
        String uid = confirmed("715.00");
        String card = world.cardOf(uid);
        long before = turnover(card);
        approve(uid, "T-1");
        assertThat(turnover(card)).isEqualTo(before + 71_500);

        reverse(uid);
        assertThat(turnover(card)).isEqualTo(before);
        assertThat(world.number("select count(*) from card_reservation where reversed_at is not null and card_id = '"
                        + card + "'"))
                .isPositive();
    }

    @Test
    void theInvariantOfTurnoverSeesAReservationThatSaysOtherwise() {
        String uid = confirmed("716.00");
        approve(uid, "T-2");
        String change = "update card_reservation set posted_minor = posted_minor %s 1 where order_id ="
                + " (select id from payment_order where uid = '" + uid + "')";
        world.execute(change.formatted("+"));
        assertThat(world.get(ADMIN, "/v1/payments/admin/ledger/check").text()).contains("\"violations\":1");
        world.execute(change.formatted("-"));
    }

    private String confirmed(String amount) {
        String uid = world.created("deposit", amount).get("uid").asString();
        world.confirmed(uid);
        return uid;
    }

    private Reply approve(String uid, String reference) {
        return decide(uid, world.claimed(OPERATOR, uid), reference);
    }

    private Reply decide(String uid, long version, String reference) {
        return world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"%s\"}".formatted(reference));
    }

    private void reverse(String uid) {
        Reply asked = world.ops(SUPERVISOR, uid, "reverse", null, "{\"reason\":\"not theirs\",\"may_owe\":true}");
        Reply done = world.post(SUPERVISOR2, SECOND + asked.json().get("id").asString() + "/approve", "");
        assertThat(done.status()).as(done.text()).isEqualTo(204);
    }

    private String waiting() {
        return world.get(ADMIN, RECEIPTS + "?matched=false").text();
    }

    private static String receipt(String card, String amount, String reference) {
        return "{\"card_id\":\"%s\",\"amount\":\"%s\",\"bank_reference\":\"%s\"}".formatted(card, amount, reference);
    }

    private static String move(String from, String to, String amount, String fee, String reference) {
        return "{\"from_card\":\"%s\",\"to_card\":\"%s\",\"amount\":\"%s\",\"bank_reference\":\"%s\"%s}"
                .formatted(from, to, amount, reference, fee == null ? "" : ",\"bank_fee\":\"" + fee + "\"");
    }

    private String postingsOf(String uid) {
        return world.database
                .sql(
                        "select coalesce(string_agg(t.kind, ' '), '') from ledger_tx t join payment_order o on o.id = t.order_id"
                                + " where o.uid = :uid")
                .bind("uid", UUID.fromString(uid))
                .mapValue(String.class)
                .one()
                .block(OrderWorld.SOON);
    }

    private long floatOf(String card) {
        return world.number("select coalesce((select balance from ledger_balance b join ledger_account a on a.id ="
                + " b.account_id where kind = 'float' and owner_id = '" + card + "'), 0)");
    }

    private long turnover(String card) {
        return world.number("select month_minor from card_counter where direction = 'in' and card_id = '" + card + "'");
    }
}
