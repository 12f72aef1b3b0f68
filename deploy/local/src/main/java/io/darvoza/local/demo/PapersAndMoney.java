package io.darvoza.local.demo;

import static io.darvoza.local.demo.PaymentJourney.created;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.LiveEvents;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.client.SamplePdf;
import io.darvoza.local.state.PartnerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** What payments and documents do for each other: a receipt comes under a contract, and a document frees a payment. */
public final class PapersAndMoney {

    private static final String OPS = "/v1/payments/ops/orders/";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Http http;
    private final UnaryOperator<String> tokens;
    private final Function<String, PartnerKey> keys;
    private final Story story = new Story(System.out);

    /**
     * @param tokens name of a demo user or client → access token
     * @param keys name of a demo partner → its API key
     */
    public PapersAndMoney(Http http, UnaryOperator<String> tokens, Function<String, PartnerKey> keys) {
        this.http = http;
        this.tokens = tokens;
        this.keys = keys;
    }

    /** Plays and prints it. Returns whether every step held. */
    public boolean play() {
        System.out.println("Papers and money: payments-service ⇄ banking-docs-service");
        var partner = new PartnerProgram(http, tokens.apply("partner"), keys.apply("partner"));
        var operator = tokens.apply("payments_operator");
        var client = tokens.apply("bank_client");
        givesAReceipt(partner, operator, client);
        waitsForADocument(partner, operator, client);
        return story.held();
    }

    private void givesAReceipt(PartnerProgram partner, String operator, String client) {
        var manager = tokens.apply("sm_manager");
        var contract = story.request(
                        "sm_manager registers a contract",
                        201,
                        () -> http.post("/v1/sm/contracts", manager, "{\"user_id\": 123, \"description\": \"demo\"}"))
                .header("Location");
        story.answer(
                "… and lets the partner file papers under it: PUT …/grants/partner",
                200,
                () -> http.put(contract + "/grants/partner", manager, ""));
        try (var own = new LiveEvents(http, client)) {
            var uid = confirmed(partner, contract.substring(contract.lastIndexOf('/') + 1), "310.00");
            var version = claimed(operator, uid);
            story.answer(
                    "… and approves it",
                    200,
                    () -> decide(operator, uid, "approve", version, "{\"bank_reference\":\"DEMO-%s\"}".formatted(uid)));
            story.fact(
                    "the client is told of a document under his contract",
                    "event",
                    () -> comes(own, "banking-docs.document.linked.v1"));
        }
        var papers = story.request(
                "bank_client finds the receipt there: GET …/documents",
                200,
                () -> http.get(contract + "/documents", client));
        var receipt = papers.json().at("/documents/0");
        story.fact(
                "… as a PDF",
                "pdf",
                () -> http.get(receipt.path("link").asString(""), client).text().startsWith("%PDF-"));
    }

    private void waitsForADocument(PartnerProgram partner, String operator, String client) {
        var uid = confirmed(partner, "101", "320.00");
        var version = claimed(operator, uid);
        var words = "demo " + Instant.now();
        var document = story.request(
                        "bank_client uploads what operations ask for",
                        201,
                        () -> http.upload(
                                client,
                                "{\"description\": \"%s\", \"category\": \"Финансы\"}".formatted(words),
                                "demo.pdf",
                                "application/pdf",
                                SamplePdf.of(words)))
                .json()
                .path("document_id")
                .asString("");
        story.answer(
                "the operator puts the payment on hold for it: POST …/hold",
                200,
                () -> decide(
                        operator, uid, "hold", version, "{\"supporting_document_id\": \"%s\"}".formatted(document)));
        story.answer(
                "abs_worker approves the document",
                200,
                () -> http.put(
                        "/v1/abs/documents/" + document + "/status",
                        tokens.apply("abs_worker"),
                        "{\"status\": \"approved\"}"));
        story.fact(
                "the payment is back in the queue",
                "queued",
                () -> soon(() -> "queued"
                        .equals(order(operator, uid).at("/order/sub_status").asString(""))));
        var again = claimed(operator, uid);
        story.answer(
                "… and fails it, so that it is over",
                200,
                () -> decide(operator, uid, "fail", again, "{\"reason\":\"not_received\",\"comment\":\"demo\"}"));
    }

    private String confirmed(PartnerProgram partner, String contract, String amount) {
        var order = created(
                story,
                "partner asks for a deposit for contract " + contract,
                () -> partner.depositFor(contract, amount));
        var uid = order.get("uid").asString();
        story.answer("the payer says «Я оплатил»", 202, () -> http.post("/pay/" + uid + "/confirm", null, "{}"));
        return uid;
    }

    private String claimed(String operator, String uid) {
        return story.request("an operator takes it", 200, () -> http.post(OPS + uid + "/claim", operator, ""))
                .header("ETag");
    }

    private Reply decide(String operator, String uid, String decision, String version, String body) {
        return http.post(OPS + uid + "/" + decision, operator, body, "If-Match", version);
    }

    private JsonNode order(String operator, String uid) {
        return http.get(OPS + uid, operator).json();
    }

    private static boolean comes(LiveEvents events, String type) {
        try {
            return events.next(event -> type.equals(event.path("type").asString("")), SOON) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean soon(BooleanSupplier fact) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
