package io.darvoza.local.demo;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.LiveEvents;
import io.darvoza.local.client.PartnerCallbacks;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.PartnerKey;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A deposit and a withdrawal, from the partner's signed call to the operator's decision and the partner's callback. */
public final class PaymentJourney {

    private static final String OPS = "/v1/payments/ops/orders/";
    private static final String PAYERS_CARD = "{\"card_number\":\"2200000000000004\"}";
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Http http;
    private final URI sandbox;
    private final UnaryOperator<String> tokens;
    private final Function<String, PartnerKey> keys;
    private final Story story = new Story(System.out);

    /**
     * @param tokens name of a demo user or client → access token
     * @param keys name of a demo partner → its API key
     */
    public PaymentJourney(Http http, URI sandbox, UnaryOperator<String> tokens, Function<String, PartnerKey> keys) {
        this.http = http;
        this.sandbox = sandbox;
        this.tokens = tokens;
        this.keys = keys;
    }

    /** Plays and prints it. Returns whether every step held. */
    public boolean play() {
        System.out.println("A payment travels: partner → payer → operator → partner");
        var partner = new PartnerProgram(http, tokens.apply("partner"), keys.apply("partner"));
        var operator = tokens.apply("payments_operator");
        try (var callbacks = new PartnerCallbacks(sandbox, partner);
                var desk = new LiveEvents(http, OPS + "stream", operator)) {
            approvesADeposit(partner, operator, desk, callbacks);
            rejectsAWithdrawal(partner, operator, callbacks);
        }
        new PaymentMishaps(http, tokens, keys, story).play(partner);
        return story.held();
    }

    private void approvesADeposit(
            PartnerProgram partner, String operator, LiveEvents desk, PartnerCallbacks callbacks) {
        var before = available(partner);
        var order = created(
                story,
                "partner asks for a deposit, signed: POST /v1/payments/orders",
                () -> partner.order("deposit", "1500.00"));
        var uid = order.get("uid").asString();
        var page = story.request(
                "the payer looks where to pay: GET /pay/" + uid, 200, () -> http.get("/pay/" + uid, null));
        story.fact(
                "… and sees the card that the partner was told",
                "card",
                () -> page.json().path("card_number").equals(order.path("card_number")));
        try (var payer = new LiveEvents(http, "/pay/" + uid + "/events", null)) {
            story.answer(
                    "the payer says «Я оплатил»: POST /pay/{uid}/confirm",
                    202,
                    () -> http.post("/pay/" + uid + "/confirm", null, "{}"));
            story.fact(
                    "the operators' screen has it without a reload",
                    "event",
                    () -> comes(
                            desk,
                            event -> "processing".equals(event.path("kind").asString(""))
                                    && uid.equals(event.at("/order/uid").asString(""))));
            var version = claimed(operator, uid);
            story.answer(
                    "… and approves it: POST …/approve",
                    200,
                    () -> decide(operator, uid, "approve", version, "{\"bank_reference\":\"DEMO-%s\"}".formatted(uid)));
            story.fact(
                    "the payer's page shows it",
                    "event",
                    () -> comes(
                            payer,
                            event -> "approved".equals(event.path("status").asString(""))));
        }
        story.fact(
                "the partner has 1500.00 less 2.5 % more",
                "1462.50", () -> available(partner).subtract(before).equals(new BigDecimal("1462.50")));
        story.fact(
                "the partner is called back, and the signature fits",
                "signed",
                () -> called(callbacks, uid, "payment.approved"));
    }

    private void rejectsAWithdrawal(PartnerProgram partner, String operator, PartnerCallbacks callbacks) {
        var before = available(partner);
        var order = created(story, "partner asks for a withdrawal", () -> partner.order("withdrawal", "500.00"));
        var uid = order.get("uid").asString();
        story.fact(
                "500.00 and the commission are held at once",
                "512.50",
                () -> before.subtract(available(partner)).equals(new BigDecimal("512.50")));
        story.answer(
                "the payer names the card to pay to",
                202,
                () -> http.post("/pay/" + uid + "/confirm", null, PAYERS_CARD));
        var version = claimed(operator, uid);
        story.answer(
                "… and rejects it: POST …/reject",
                200,
                () -> decide(operator, uid, "reject", version, "{\"reason\":\"wrong_details\",\"comment\":\"demo\"}"));
        story.fact(
                "what was held is the partner's again",
                "0.00",
                () -> available(partner).equals(before));
        story.fact(
                "the partner is called back, and the signature fits",
                "signed",
                () -> called(callbacks, uid, "payment.rejected"));
    }

    private String claimed(String operator, String uid) {
        return story.request(
                        "an operator takes it: POST " + OPS + "{uid}/claim",
                        200,
                        () -> http.post(OPS + uid + "/claim", operator, ""))
                .header("ETag");
    }

    private Reply decide(String operator, String uid, String decision, String version, String body) {
        return http.post(OPS + uid + "/" + decision, operator, body, "If-Match", version);
    }

    /** The order; without it the rest has nothing to go on with. */
    static JsonNode created(Story story, String step, Supplier<Reply> request) {
        var reply = story.request(step, 201, request);
        if (reply.status() != 201) {
            throw new StartFailure("The order was refused: " + reply.text());
        }
        return reply.json();
    }

    static BigDecimal available(PartnerProgram partner) {
        return new BigDecimal(
                partner.get("/v1/payments/balance").json().get("available").asString());
    }

    private static boolean comes(LiveEvents events, Predicate<JsonNode> wanted) {
        try {
            return events.next(wanted, SOON) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean called(PartnerCallbacks callbacks, String uid, String type) {
        try {
            var callback = callbacks.next(uid, type, SOON);
            return callback != null && callback.genuine();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void cancel(PartnerProgram partner, String uid) {
        var reply = partner.post("/v1/payments/orders/" + uid + "/cancel", "");
        if (reply.status() != 200) {
            throw new StartFailure("The order " + uid + " cannot be cancelled: " + reply.text());
        }
    }
}
