package io.darvoza.local.demo;

import static io.darvoza.local.demo.PaymentJourney.available;
import static io.darvoza.local.demo.PaymentJourney.cancel;
import static io.darvoza.local.demo.PaymentJourney.created;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.PartnerKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must not cost anybody money: repetitions, forgeries, lateness, a card that rests, and greed. It leaves no order open. */
final class PaymentMishaps {

    private static final String PARTNERS = "/v1/payments/admin/partners";
    private static final int AT_ONCE = 8;
    private static final Duration EXPIRY = Duration.ofSeconds(90);

    private final Http http;
    private final UnaryOperator<String> tokens;
    private final Function<String, PartnerKey> keys;
    private final Story story;

    PaymentMishaps(Http http, UnaryOperator<String> tokens, Function<String, PartnerKey> keys, Story story) {
        this.http = http;
        this.tokens = tokens;
        this.keys = keys;
        this.story = story;
    }

    void play(PartnerProgram partner) {
        var admin = tokens.apply("payments_admin");
        var second = new PartnerProgram(http, tokens.apply("partner2"), keys.apply("partner2"));
        replays(partner);
        forges();
        new RestingCard(http, admin, story).play(partner);
        overdraws(second);
        expires(second, admin);
        var check = story.request(
                "payments_admin checks the ledger: GET /v1/payments/admin/ledger/check",
                200,
                () -> http.get("/v1/payments/admin/ledger/check", admin));
        story.fact(
                "every invariant holds",
                "fits",
                () -> check.json().path("balanced").asBoolean(false));
    }

    private void replays(PartnerProgram partner) {
        var id = UUID.randomUUID().toString();
        var request = partner.order("deposit", "700.00", id, id);
        var uid = created(story, "partner asks for a deposit", () -> http.send(request))
                .get("uid")
                .asString();
        var replayed = story.request("the same bytes again are a replay", 401, () -> http.send(request));
        story.fact("… and are called so", "refused", () -> "nonce_replayed".equals(replayed.code()));
        var repeated = story.request(
                "signed anew under the same Idempotency-Key it is the same order",
                201,
                () -> http.send(partner.order("deposit", "700.00", id, id)));
        story.fact(
                "… and no second one",
                "same",
                () -> uid.equals(repeated.json().path("uid").asString("")));
        story.answer(
                "another amount under that key is refused",
                422,
                () -> http.send(partner.order("deposit", "701.00", id, id)));
        cancel(partner, uid);
    }

    private void forges() {
        var real = keys.apply("partner");
        var secret = HexFormat.of().parseHex(real.secretHex());
        secret[0] ^= 1;
        var forger = new PartnerProgram(
                http,
                tokens.apply("partner"),
                new PartnerKey(real.id(), HexFormat.of().formatHex(secret)));
        var refused = story.request("a forged signature is refused", 401, () -> forger.order("withdrawal", "1.00"));
        story.fact("… and called so", "refused", () -> "signature_invalid".equals(refused.code()));
    }

    /** Of eight at once, each for a third of the money and its commission, two can be held. */
    private void overdraws(PartnerProgram partner) {
        var before = available(partner);
        var third = before.divide(BigDecimal.valueOf(3), 2, RoundingMode.DOWN).toPlainString();
        var replies = new ArrayList<Reply>();
        story.fact(
                "%d withdrawals of %s at once".formatted(AT_ONCE, third),
                "sent",
                () -> replies.addAll(atOnce(() -> partner.order("withdrawal", third))));
        story.fact(
                "two are held, the others find the balance insufficient",
                "2",
                () -> count(replies, 201) == 2
                        && replies.stream()
                                        .filter(reply -> "insufficient_balance".equals(reply.code()))
                                        .count()
                                == AT_ONCE - 2);
        story.fact(
                "the balance is not below zero", "≥ 0", () -> available(partner).signum() >= 0);
        replies.stream()
                .filter(reply -> reply.status() == 201)
                .forEach(reply -> cancel(partner, reply.json().get("uid").asString()));
        story.fact(
                "cancelled, they give everything back",
                "same",
                () -> available(partner).equals(before));
    }

    private static long count(List<Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    private static List<Reply> atOnce(Callable<Reply> request) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<Reply>();
            for (var reply : threads.invokeAll(
                    Stream.generate(() -> request).limit(AT_ONCE).toList())) {
                replies.add(reply.get());
            }
            return replies;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void expires(PartnerProgram partner, String admin) {
        var path = PARTNERS + "/" + partnerId("partner2", admin);
        var terms = http.get(path, admin);
        var usual = terms.json().get("ttl_seconds").asInt();
        var changed = story.request(
                "partner2's orders live for 5 s from now on: PUT " + PARTNERS + "/{id}",
                200,
                () -> http.put(path, admin, terms(terms.json(), 5), "If-Match", terms.header("ETag")));
        String uid;
        try {
            uid = created(story, "partner2 asks for a withdrawal", () -> partner.order("withdrawal", "250.00"))
                    .get("uid")
                    .asString();
        } finally {
            story.answer(
                    "… and as long as before again",
                    200,
                    () -> http.put(path, admin, terms(terms.json(), usual), "If-Match", changed.header("ETag")));
        }
        story.fact("nobody pays, and it expires", "expired", () -> isExpired(partner, uid));
        story.answer(
                "who comes now is told so",
                410,
                () -> http.post("/pay/" + uid + "/confirm", null, "{\"card_number\":\"2200000000000004\"}"));
    }

    private String partnerId(String client, String admin) {
        return http.get(PARTNERS, admin)
                .json()
                .get("partners")
                .valueStream()
                .filter(partner -> client.equals(partner.path("client_id").asString("")))
                .map(partner -> partner.get("id").asString())
                .findFirst()
                .orElseThrow(() -> new StartFailure("There is no " + client + "."));
    }

    private static String terms(JsonNode partner, int ttl) {
        var terms = JsonMapper.shared().createObjectNode().put("ttl_seconds", ttl);
        for (var member : List.of("name", "status", "deposit", "withdrawal", "second_approval")) {
            terms.set(member, partner.path(member));
        }
        return terms.toString();
    }

    private static boolean isExpired(PartnerProgram partner, String uid) {
        var end = Instant.now().plus(EXPIRY);
        while (Instant.now().isBefore(end)) {
            var status = partner.get("/v1/payments/orders/" + uid).json().path("status");
            if ("expired".equals(status.asString(""))) {
                return true;
            }
            try {
                Thread.sleep(Duration.ofMillis(250));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
