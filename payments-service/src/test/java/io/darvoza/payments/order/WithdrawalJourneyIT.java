package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.PARTNER;
import static io.darvoza.payments.order.OrderWorld.PAYER_CARD;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static io.darvoza.payments.order.OrderWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The seed's flow of a withdrawal over HTTP: held at creation, paid or given back at the end. */
@RealService
class WithdrawalJourneyIT {

    private static final String CARD = "{\"card_number\":\"" + PAYER_CARD + "\"}";

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private OrderWorld world;
    private UUID payoutCard;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
        world.prefund(10_000_000);
        payoutCard = fundedCard();
    }

    @AfterEach
    void everythingBalances() {
        world.assertBalanced();
        world.close();
    }

    /** A card pays out what came in on it. */
    private UUID fundedCard() {
        JsonNode deposit = world.created("deposit", "20000." + (10 + (int) (Math.random() * 89)));
        String uid = deposit.get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        Reply approved = world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"F-%s\"}".formatted(uid));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        return UUID.fromString(approved.json().get("card_id").asString());
    }

    @Test
    void aWithdrawalIsHeldThenPaidToThePayersCard() {
        long before = world.available();
        long heldBefore = world.held();
        JsonNode order = world.created("withdrawal", "10000.00");
        String uid = order.get("uid").asString();
        assertThat(order.has("card_number")).isFalse();
        assertThat(world.available()).isEqualTo(before - 1_025_000);
        assertThat(world.held() - heldBefore).isEqualTo(1_025_000);

        Reply confirmed = world.pay(uid, "confirm", CARD);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(202);
        assertThat(world.pay(uid, "confirm", CARD).status()).isEqualTo(202);
        assertThat(world.payer(uid).json().get("payer_card_mask").asString()).isEqualTo("220000******0004");
        assertThat(world.number("select count(*) from pan_vault where purpose = 'payer' and token in"
                        + " (select payer_card_token from payment_order where uid = '" + uid + "')"))
                .isOne();

        long version = world.claimed(OPERATOR, uid);
        Reply approved = world.ops(OPERATOR, uid, "approve", version, approval(uid, ""));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(approved.text()).doesNotContain(PAYER_CARD);
        assertThat(world.available()).isEqualTo(before - 1_025_000);
        assertThat(world.held()).isEqualTo(heldBefore);
        assertThat(world.eventsOf(uid))
                .containsExactly(
                        "payments.payment.created.v1",
                        "payments.payment.processing.v1",
                        "payments.payment.approved.v1");
    }

    @Test
    void whatWasNotPaidComesBack() {
        long before = world.available();
        String uid = confirmed("1000.00");
        long version = world.claimed(OPERATOR, uid);
        Reply first = world.ops(OPERATOR, uid, "approve", version, approval(uid, ",\"actual_amount\":\"900.00\""));
        assertThat(first.json().get("sub_status").asString()).isEqualTo("awaiting_second_approval");
        Reply second = world.ops(
                SUPERVISOR, uid, "approve", first.json().get("version").asLong(), "{\"actual_amount\":\"900.00\"}");
        assertThat(second.status()).as(second.text()).isEqualTo(200);

        assertThat(before - world.available()).isEqualTo(90_000 + 2_250);
    }

    @Test
    void moreThanAskedIsNeverPaid() {
        String uid = confirmed("1000.00");
        long version = world.claimed(OPERATOR, uid);
        Reply more = world.ops(OPERATOR, uid, "approve", version, approval(uid, ",\"actual_amount\":\"1000.01\""));

        assertThat(more.status()).isEqualTo(400);
        assertThat(more.json().get("errors").findValuesAsString("pointer")).containsExactly("/actual_amount");
    }

    @Test
    void whatThePartnerLacksIsNotPromised() {
        long before = world.available();
        long orders = world.number("select count(*) from payment_order");
        Reply refused = world.create(UUID.randomUUID().toString(), wish("withdrawal", (before / 100 + 1) + ".00"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("insufficient_balance");
        assertThat(world.available()).isEqualTo(before);
        assertThat(world.number("select count(*) from payment_order")).isEqualTo(orders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2200000000000005", "220000000000000", "", "２２００００００００００００００", "4111-1111-1111-1111"})
    void whatIsNoCardIsNotTaken(String number) {
        String uid = world.created("withdrawal", "10.00").get("uid").asString();
        Reply refused = world.pay(uid, "confirm", "{\"card_number\":\"" + number + "\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("card_invalid");
        assertThat(world.payer(uid + "/status").json().get("status").asString()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "reject"})
    void whatIsNotPaidIsGivenBack(String decision) {
        long before = world.available();
        String uid = confirmed("500.00");
        long version = world.claimed(OPERATOR, uid);
        String reason = decision.equals("fail") ? "bank_error" : "wrong_details";
        Reply ended = world.ops(
                OPERATOR, uid, decision, version, "{\"reason\":\"%s\",\"comment\":\"because\"}".formatted(reason));

        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        assertThat(ended.json().get("performed").asBoolean()).isTrue();
        assertThat(world.available()).isEqualTo(before);
        JsonNode told = world.get(PARTNER, "/v1/payments/orders/" + uid).json();
        assertThat(told.get("status").asString()).isEqualTo(decision.equals("fail") ? "failed" : "rejected");
        assertThat(told.get("reason").asString()).isEqualTo(reason);
    }

    @Test
    void aCancelledWithdrawalIsGivenBackOnce() {
        long before = world.available();
        String uid = world.created("withdrawal", "500.00").get("uid").asString();
        Reply cancelled = world.partnerPost("/v1/payments/orders/" + uid + "/cancel");

        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(world.available()).isEqualTo(before);
        assertThat(world.partnerPost("/v1/payments/orders/" + uid + "/cancel").code())
                .isEqualTo("state_conflict");
        assertThat(world.pay(uid, "confirm", CARD).code()).isEqualTo("state_conflict");
    }

    @Test
    void anExpiredWithdrawalIsGivenBackByTheClock() throws InterruptedException {
        long before = world.available();
        String uid = world.created("withdrawal", "500.00").get("uid").asString();
        world.execute("update payment_order set expires_at = now() - interval '2 s', closes_at = now() - interval '1 s'"
                + " where uid = '" + uid + "'");
        assertThat(world.pay(uid, "confirm", CARD).code()).isEqualTo("order_expired");
        for (int i = 0; i < 100 && !status(uid).equals("expired"); i++) {
            Thread.sleep(100);
        }

        assertThat(status(uid)).isEqualTo("expired");
        assertThat(world.available()).isEqualTo(before);
        assertThat(world.eventsOf(uid)).containsExactly("payments.payment.created.v1", "payments.payment.expired.v1");
        assertThat(world.pay(uid, "confirm", CARD).status()).isEqualTo(410);
    }

    @Test
    void ofManyWhoDecideAtOnceOneDoes() throws Exception {
        for (int round = 0; round < 5; round++) {
            long before = world.available();
            long heldBefore = world.held();
            String uid = confirmed("100.00");
            long version = world.claimed(OPERATOR, uid);
            List<Integer> answers = atOnce(
                    8,
                    i -> world.ops(
                                    OPERATOR,
                                    uid,
                                    i % 2 == 0 ? "approve" : "fail",
                                    version,
                                    i % 2 == 0 ? approval(uid, "") : "{\"reason\":\"bank_error\"}")
                            .status());

            assertThat(answers).containsOnlyOnce(200);
            assertThat(answers).allMatch(status -> status == 200 || status == 409 || status == 412);
            assertThat(world.held()).isEqualTo(heldBefore);
            assertThat(before - world.available()).isEqualTo(status(uid).equals("approved") ? 10_250 : 0);
        }
    }

    @Test
    void ofManyWithdrawalsForTheLastMoneyOneIsTaken() throws Exception {
        long available = world.available();
        long amount = available - available / 41; // with the fee of 250 basis points a little less than all
        String text = "%d.%02d".formatted(amount / 100 * 9 / 10, 0);
        List<Integer> answers = atOnce(
                6,
                _ -> world.create(UUID.randomUUID().toString(), wish("withdrawal", text))
                        .status());

        assertThat(answers).containsOnlyOnce(201);
        assertThat(answers).allMatch(status -> status == 201 || status == 422);
        String uid = world.get(PARTNER, "/v1/payments/orders?status=new&type=withdrawal&limit=1")
                .json()
                .get("items")
                .get(0)
                .get("uid")
                .asString();
        world.partnerPost("/v1/payments/orders/" + uid + "/cancel");
        assertThat(world.available()).isEqualTo(available);
    }

    @Test
    void ofManyCreationsUnderOneKeyOneMakesTheOrder() throws Exception {
        String key = UUID.randomUUID().toString();
        String wish = wish("withdrawal", "10.00");
        long before = world.available();
        List<Integer> answers = atOnce(12, _ -> world.create(key, wish).status());

        assertThat(answers).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(before - world.available()).isEqualTo(1_025);
    }

    @Test
    void aCancelAndAConfirmAtOnceLeaveOneOfThem() throws Exception {
        for (int round = 0; round < 5; round++) {
            String uid = world.created("withdrawal", "10.00").get("uid").asString();
            List<Integer> answers = atOnce(
                    2, i -> (i == 0 ? world.pay(uid, "cancel", "{}") : world.pay(uid, "confirm", CARD)).status());
            assertThat(answers).isIn(List.of(200, 409), List.of(409, 202));
        }
    }

    private String confirmed(String amount) {
        String uid = world.created("withdrawal", amount).get("uid").asString();
        Reply reply = world.pay(uid, "confirm", CARD);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return uid;
    }

    private String approval(String uid, String more) {
        return "{\"payout_card_id\":\"%s\",\"bank_reference\":\"W-%s\"%s}".formatted(payoutCard, uid, more);
    }

    private String status(String uid) {
        return world.payer(uid + "/status").json().get("status").asString();
    }

    private interface Try {
        int run(int number) throws Exception;
    }

    private static List<Integer> atOnce(int many, Try tried) throws Exception {
        var barrier = new CyclicBarrier(many);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries = IntStream.range(0, many)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        barrier.await();
                        return tried.run(i);
                    })
                    .toList();
            return threads.invokeAll(tries).stream()
                    .map(WithdrawalJourneyIT::result)
                    .toList();
        }
    }

    private static int result(Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }
}
