package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.AUDITOR;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.OPERATOR2;
import static io.darvoza.payments.order.OrderWorld.PARTNER;
import static io.darvoza.payments.order.OrderWorld.PARTNER2;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static io.darvoza.payments.order.OrderWorld.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import io.darvoza.payments.vault.CardNumber;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The seed's flow of a deposit over HTTP, step by step, and what stands in its way. */
@RealService
class DepositJourneyIT {

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
    void aDepositGoesFromThePartnersCallToTheOperatorsDecisionAndBack() {
        long before = world.available();

        JsonNode order = world.created("deposit", "10000.00");
        String uid = order.get("uid").asString();
        assertThat(order.get("status").asString()).isEqualTo("new");
        assertThat(order.get("fee").asString()).isEqualTo("250.00");
        assertThat(order.get("payment_url").asString()).endsWith("/payment.html?uid=" + uid);
        assertThat(CardNumber.parse(order.get("card_number").asString())).isPresent();

        Reply page = world.payer(uid);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.json().get("card_number")).isEqualTo(order.get("card_number"));
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");

        assertThat(world.confirmed(uid).json().get("status").asString()).isEqualTo("processing");
        assertThat(world.confirmed(uid).json().get("status").asString()).isEqualTo("processing");

        long version = world.claimed(OPERATOR, uid);
        Reply approved = world.ops(
                OPERATOR, uid, "approve", version, "{\"bank_reference\":\"R-%s\",\"comment\":\"ok\"}".formatted(uid));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(approved.json().get("status").asString()).isEqualTo("approved");
        assertThat(approved.json().get("performed").asBoolean()).isTrue();

        assertThat(world.available() - before).isEqualTo(975_000);
        Reply told = world.get(PARTNER, "/v1/payments/orders/" + uid);
        assertThat(told.json().get("status").asString()).isEqualTo("approved");
        assertThat(told.text()).doesNotContain(order.get("card_number").asString());
        assertThat(world.payer(uid + "/status").json().get("performed").asBoolean())
                .isTrue();
        assertThat(world.eventsOf(uid))
                .containsExactly(
                        "payments.payment.created.v1",
                        "payments.payment.processing.v1",
                        "payments.payment.approved.v1");
        assertThat(world.feedOf(uid)).containsExactly("created", "processing", "claimed", "approved");
        assertThat(world.number("select count(*) from outbox_event where event_key = '" + uid
                        + "' and traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$'"))
                .as("events with the trace of their request")
                .isEqualTo(3);
    }

    @Test
    void theSameKeyMakesOneOrderAndAnswersTheSame() {
        String key = UUID.randomUUID().toString();
        String wish = wish("deposit", "1500.00");
        Reply first = world.create(key, wish);
        Reply again = world.create(key, wish);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Hit")).hasValue("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(world.create(key, wish("deposit", "1500.01")).code()).isEqualTo("idempotency_key_reused");
        assertThat(world.create("k".repeat(256), wish).code()).isEqualTo("invalid_idempotency_key");
        assertThat(world.create(null, wish).code()).isEqualTo("idempotency_key_missing");
        assertThat(world.number("select count(*) from idempotency where answer_body ~ '[0-9]{16}'"))
                .as("card numbers kept in clear")
                .isZero();
    }

    @Test
    void aRefusedCreationLeavesItsKeyFree() {
        String key = UUID.randomUUID().toString();
        assertThat(world.create(key, wish("deposit", "0")).status()).isEqualTo(400);
        assertThat(world.create(key, wish("deposit", "77.00")).status()).isEqualTo(201);
    }

    @Test
    void anExternalIdNamesOneOrderForEver() {
        String wish = wish("deposit", "31.00");
        String uid = world.create(UUID.randomUUID().toString(), wish)
                .json()
                .get("uid")
                .asString();
        Reply taken = world.create(UUID.randomUUID().toString(), wish);

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("external_id_taken");
        assertThat(taken.json().get("uid").asString()).isEqualTo(uid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"deposit\",\"amount\":\"0\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"-1\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"1.001\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"1e3\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"NaN\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"１５\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"999999999999999999999\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":1500,\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":15.5,\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":true,\"currency\":\"RUB\",\"external_id\":\"x\"}|/amount",
                "{\"type\":\"deposit\",\"amount\":\"15\",\"currency\":\"EUR\",\"external_id\":\"x\"}|/currency",
                "{\"type\":\"gift\",\"amount\":\"15\",\"currency\":\"RUB\",\"external_id\":\"x\"}|/type",
                "{\"type\":\"deposit\",\"amount\":\"15\",\"currency\":\"RUB\"}|/external_id",
                "{\"type\":\"deposit\",\"amount\":\"15\",\"currency\":\"RUB\",\"external_id\":\"x\",\"callback_url\":\"http://a.test/\"}|/callback_url",
                "{\"type\":\"deposit\",\"amount\":\"15\",\"currency\":\"RUB\",\"external_id\":\"x\",\"reference\":{\"type\":\"x\",\"id\":\"1\"}}|/reference/type",
                "{\"type\":\"deposit\",\"amount\":\"15\",\"currency\":\"RUB\",\"external_id\":\"x\",\"colour\":\"red\"}|/colour",
            })
    void whatCannotBeAnOrderIsToldWhereItIsWrong(String body, String pointer) {
        long orders = world.number("select count(*) from payment_order");
        Reply refused = world.create(UUID.randomUUID().toString(), body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().get("errors").findValuesAsString("pointer")).contains(pointer);
        assertThat(world.number("select count(*) from payment_order")).isEqualTo(orders);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{|400", "{\"type\":\"deposit\",\"type\":\"deposit\"}|400", "[]|400", "null|400", "{} {}|400"})
    void whatIsNoJsonObjectIsRefused(String body, int status) {
        assertThat(world.create(UUID.randomUUID().toString(), body).status()).isEqualTo(status);
    }

    @Test
    void aPartnerSeesItsOwnOrdersAlone() {
        String uid = world.created("deposit", "41.00").get("uid").asString();

        assertThat(world.get(PARTNER2, "/v1/payments/orders/" + uid).status()).isEqualTo(404);
        assertThat(world.get(PARTNER2, "/v1/payments/orders").json().get("items"))
                .isEmpty();
        assertThat(world.get(OPERATOR, "/v1/payments/orders/" + uid).status()).isEqualTo(403);
        assertThat(world.payer(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(world.payer("nonsense").status()).isEqualTo(404);
    }

    @Test
    void aListGoesFromTheNewestDownPageByPage() {
        List<String> made = List.of("51.00", "52.00", "53.00").stream()
                .map(amount -> world.created("deposit", amount).get("uid").asString())
                .toList();
        JsonNode first =
                world.get(PARTNER, "/v1/payments/orders?limit=2&status=new").json();
        JsonNode second = world.get(
                        PARTNER,
                        "/v1/payments/orders?limit=2&status=new&cursor="
                                + first.get("next_cursor").asString())
                .json();

        assertThat(first.get("items").findValuesAsString("uid")).containsExactly(made.get(2), made.get(1));
        assertThat(second.get("items").findValuesAsString("uid")).startsWith(made.getFirst());
        assertThat(world.get(PARTNER, "/v1/payments/orders?statsu=new").code()).isEqualTo("unknown_parameter");
        assertThat(world.get(PARTNER, "/v1/payments/orders?status=open").code()).isEqualTo("validation_failed");
    }

    @Test
    void onlyTheHolderDecidesAndOnlyOnTheVersionInHand() {
        String uid = world.created("deposit", "61.00").get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        String body = "{\"bank_reference\":\"B-%s\"}".formatted(uid);

        Reply foreign = world.ops(OPERATOR2, uid, "claim");
        assertThat(foreign.code()).isEqualTo("claimed_by_other");
        assertThat(foreign.json().get("assigned_name").asString()).isNotBlank();
        assertThat(world.ops(OPERATOR2, uid, "approve", version, body).code()).isEqualTo("claim_required");
        assertThat(world.ops(OPERATOR, uid, "approve", null, body).status()).isEqualTo(428);
        assertThat(world.ops(OPERATOR, uid, "approve", version - 1, body).status())
                .isEqualTo(412);
        assertThat(world.ops(OPERATOR, uid, "approve", "x", body).status()).isEqualTo(412);
        assertThat(world.ops(AUDITOR, uid, "approve", version, body).status()).isEqualTo(403);
        Reply beat = world.ops(OPERATOR, uid, "heartbeat");
        assertThat(beat.status()).isEqualTo(200);
        assertThat(world.ops(OPERATOR2, uid, "heartbeat").code()).isEqualTo("claim_required");
        assertThat(world.ops(OPERATOR, uid, "approve", version, body).status())
                .as("a heartbeat leaves the version")
                .isEqualTo(200);
        assertThat(world.ops(OPERATOR, uid, "approve", version + 1, body).code())
                .isEqualTo("state_conflict");
    }

    @Test
    void aBankReferenceProvesOnePaymentOfACard() {
        UUID card = null;
        String reference = "T-" + UUID.randomUUID();
        for (int i = 0; i < 40; i++) {
            String uid =
                    world.created("deposit", "7%02d.00".formatted(i)).get("uid").asString();
            world.confirmed(uid);
            long version = world.claimed(OPERATOR, uid);
            Reply reply =
                    world.ops(OPERATOR, uid, "approve", version, "{\"bank_reference\":\"%s\"}".formatted(reference));
            if (reply.status() == 409) {
                assertThat(reply.code()).isEqualTo("bank_reference_taken");
                assertThat(world.get(PARTNER, "/v1/payments/orders/" + uid)
                                .json()
                                .get("status")
                                .asString())
                        .isEqualTo("processing");
                return;
            }
        }
        assertThat(card).as("a card came twice").isNotNull();
    }

    @Test
    void anAmountAboveTheBoundNeedsASupervisorWhoDidNotApproveFirst() {
        String uid = world.created("deposit", "100000.01").get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(SUPERVISOR, uid);
        Reply first = world.ops(SUPERVISOR, uid, "approve", version, "{\"bank_reference\":\"S-%s\"}".formatted(uid));
        assertThat(first.json().get("sub_status").asString()).isEqualTo("awaiting_second_approval");
        long waiting = first.json().get("version").asLong();
        long before = world.available();

        assertThat(world.ops(OPERATOR2, uid, "approve", waiting, "{}").code()).isEqualTo("second_person_required");
        assertThat(world.ops(SUPERVISOR, uid, "approve", waiting, "{}").code()).isEqualTo("second_person_required");
        assertThat(world.available()).isEqualTo(before);
        Reply second = world.ops(OrderWorld.SUPERVISOR2, uid, "approve", waiting, "{}");

        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.json().get("status").asString()).isEqualTo("approved");
        assertThat(world.available() - before).isEqualTo(10_000_001 - 250_000);
    }

    @Test
    void anotherAmountThanAskedNeedsASecondPersonAndCostsItsOwnFee() {
        String uid = world.created("deposit", "800.00").get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        Reply first = world.ops(
                OPERATOR,
                uid,
                "approve",
                version,
                "{\"actual_amount\":\"790.00\",\"bank_reference\":\"A-%s\"}".formatted(uid));
        assertThat(first.json().get("sub_status").asString()).isEqualTo("awaiting_second_approval");
        long before = world.available();
        Reply second = world.ops(
                SUPERVISOR, uid, "approve", first.json().get("version").asLong(), "{}");

        assertThat(second.json().get("actual_amount").asString()).isEqualTo("790.00");
        assertThat(second.json().get("fee").asString()).isEqualTo("19.75");
        assertThat(world.available() - before).isEqualTo(79_000 - 1_975);
    }
}
