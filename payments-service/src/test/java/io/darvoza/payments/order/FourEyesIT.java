package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.ADMIN;
import static io.darvoza.payments.order.OrderWorld.ADMIN2;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR2;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** What takes two people, and money that comes late. */
@RealService
class FourEyesIT {

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
    void anApprovalIsTakenBackByTwoPeopleOnce() {
        long before = world.available();
        String uid = approved("2000.00");
        Reply asked = world.ops(SUPERVISOR, uid, "reverse", null, "{\"reason\":\"recalled by the bank\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        String id = asked.json().get("id").asString();

        assertThat(world.ops(SUPERVISOR2, uid, "reverse", null, "{\"reason\":\"twice\"}")
                        .code())
                .isEqualTo("state_conflict");
        assertThat(world.post(SUPERVISOR, SECOND + id + "/approve", "").code()).isEqualTo("second_person_required");
        assertThat(world.get(SUPERVISOR2, "/v1/payments/ops/second-approvals").text())
                .contains(id);
        Reply done = world.post(SUPERVISOR2, SECOND + id + "/approve", "");
        assertThat(done.status()).as(done.text()).isEqualTo(204);
        assertThat(world.post(SUPERVISOR2, SECOND + id + "/approve", "").code()).isEqualTo("state_conflict");

        assertThat(world.available()).isEqualTo(before);
        assertThat(world.get(OrderWorld.PARTNER, "/v1/payments/orders/" + uid)
                        .json()
                        .has("reversed_at"))
                .isTrue();
        assertThat(world.eventsOf(uid)).endsWith("payments.payment.reversed.v1");
        assertThat(world.ops(SUPERVISOR, uid, "reverse", null, "{\"reason\":\"again\"}")
                        .code())
                .isEqualTo("state_conflict");
    }

    @Test
    void whatThePartnerHasSpentIsTakenBackOnlyAsADebt() {
        String uid = approved("3000.00");
        long left = world.available();
        settle(left);
        String refused = askReversal(uid, false);
        assertThat(world.post(SUPERVISOR2, SECOND + refused + "/approve", "").code())
                .isEqualTo("insufficient_balance");
        assertThat(world.post(SUPERVISOR2, SECOND + refused + "/refuse", "").status())
                .isEqualTo(204);

        String id = askReversal(uid, true);
        assertThat(world.post(SUPERVISOR2, SECOND + id + "/approve", "").status())
                .isEqualTo(204);
        assertThat(world.get(OrderWorld.PARTNER, "/v1/payments/balance")
                        .json()
                        .get("receivable")
                        .asString())
                .isEqualTo("2925.00");
        world.prefund(292_500 + left);
        assertThat(world.available()).isEqualTo(left);
    }

    @Test
    void aRefusedSecondApprovalSendsTheOrderBackToTheQueue() {
        String uid = world.created("deposit", "150000.00").get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"Q-%s\"}".formatted(uid));
        String id = world.database
                .sql("select s.id::text from second_approval s join payment_order o on o.id = s.order_id where"
                        + " o.uid = :uid and s.outcome is null")
                .bind("uid", java.util.UUID.fromString(uid))
                .mapValue(String.class)
                .one()
                .block(OrderWorld.SOON);

        assertThat(world.post(SUPERVISOR, SECOND + id + "/refuse", "").status()).isEqualTo(204);
        Reply order = world.get(OPERATOR, "/v1/payments/ops/orders/" + uid);
        assertThat(order.json().get("order").get("sub_status").asString()).isEqualTo("queued");
        assertThat(world.feedOf(uid))
                .containsExactly("created", "processing", "claimed", "second_approval", "second_refused");
    }

    @Test
    void moneyOfAPartnerMovesByTwoAdministrators() {
        long before = world.available();
        String path = "/v1/payments/admin/partners/" + world.partner;
        Reply asked = world.post(ADMIN, path + "/prefund", "{\"amount\":\"10.00\",\"comment\":\"bank line 7\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        String id = asked.json().get("id").asString();

        assertThat(world.available()).isEqualTo(before);
        assertThat(world.post(ADMIN, SECOND + id + "/approve", "").code()).isEqualTo("second_person_required");
        assertThat(world.post(ADMIN2, SECOND + id + "/approve", "").status()).isEqualTo(204);
        assertThat(world.available()).isEqualTo(before + 1_000);
        assertThat(world.post(ADMIN, path + "/settle", "{\"amount\":\"0\",\"comment\":\"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void lateMoneyOpensALinkedOrderAndLeavesTheOldOneAlone() {
        long before = world.available();
        String uid = world.created("deposit", "640.00").get("uid").asString();
        assertThat(late(uid).code()).isEqualTo("late_not_possible");
        world.partnerPost("/v1/payments/orders/" + uid + "/cancel");

        Reply opened = late(uid);
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.json().get("late_of").asString()).isEqualTo(uid);
        assertThat(late(uid).json().get("reason").asString()).isEqualTo("already_received");
        String linked = opened.json().get("uid").asString();
        long version = world.claimed(OPERATOR, linked);
        Reply approved =
                world.ops(OPERATOR, linked, "approve", version, "{\"bank_reference\":\"L-%s\"}".formatted(linked));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);

        assertThat(world.available() - before).isEqualTo(64_000 - 1_600);
        assertThat(world.payer(uid + "/status").json().get("status").asString()).isEqualTo("cancelled");
        assertThat(world.eventsOf(linked))
                .containsExactly("payments.payment.late-received.v1", "payments.payment.approved.v1");
    }

    private Reply late(String uid) {
        return world.ops(OPERATOR, uid, "late", null, "{\"amount\":\"640.00\",\"evidence\":\"bank line 8\"}");
    }

    private String askReversal(String uid, boolean mayOwe) {
        Reply asked = world.ops(
                SUPERVISOR, uid, "reverse", null, "{\"reason\":\"recalled\",\"may_owe\":%s}".formatted(mayOwe));
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        return asked.json().get("id").asString();
    }

    private void settle(long minor) {
        Reply asked = world.post(
                ADMIN,
                "/v1/payments/admin/partners/" + world.partner + "/settle",
                "{\"amount\":\"%d.%02d\",\"comment\":\"paid out\"}".formatted(minor / 100, minor % 100));
        assertThat(world.post(ADMIN2, SECOND + asked.json().get("id").asString() + "/approve", "")
                        .status())
                .isEqualTo(204);
    }

    private String approved(String amount) {
        String uid = world.created("deposit", amount).get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        Reply reply = world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"E-%s\"}".formatted(uid));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return uid;
    }
}
