package io.darvoza.local.demo;

import static io.darvoza.local.demo.PaymentJourney.cancel;
import static io.darvoza.local.demo.PaymentJourney.created;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.process.StartFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A card on vacation is not chosen. Of one amount a card has one open deposit, so it takes as many as there are cards at work
 * to meet the one that rests.
 */
final class RestingCard {

    private static final String CARDS = "/v1/payments/admin/cards";
    private static final int MOST_CARDS = 200;

    private final Http http;
    private final String admin;
    private final Story story;

    RestingCard(Http http, String admin, Story story) {
        this.http = http;
        this.admin = admin;
        this.story = story;
    }

    void play(PartnerProgram partner) {
        var card = http.get(CARDS + "?limit=" + MOST_CARDS, admin)
                .json()
                .get("cards")
                .valueStream()
                .filter(one -> "active".equals(one.path("status").asString("")))
                .findFirst()
                .orElseThrow(() -> new StartFailure("No card is at work."));
        var path = CARDS + "/" + card.get("id").asString() + "/vacations";
        var now = Instant.now();
        var vacation = story.request(
                "a card on vacation: payments_admin says so, POST …/vacations",
                201,
                () -> http.post(
                        path,
                        admin,
                        "{\"starts_at\":\"%s\",\"ends_at\":\"%s\",\"reason\":\"demo\"}"
                                .formatted(now.minusSeconds(1), now.plusSeconds(600))));
        var amount = "%d.%02d".formatted(2000 + now.getEpochSecond() % 1000, now.getNano() / 1000 % 100);
        var orders = new ArrayList<JsonNode>();
        try {
            var none = depositsUntilRefused(partner, amount, orders);
            story.fact(
                    "%d deposits of one amount go to as many other cards".formatted(orders.size()),
                    "others",
                    () -> !orders.isEmpty() && orders.stream().noneMatch(order -> isOn(order, card)));
            story.fact("one more finds no card", none.code(), () -> "no_card_available".equals(none.code()));
        } finally {
            story.answer(
                    "back from vacation: DELETE …/vacations/{id}",
                    204,
                    () -> http.delete(path + "/" + vacation.json().path("id").asString(""), admin));
            toWork(CARDS + "/" + card.get("id").asString());
        }
        orders.add(created(story, "one more deposit of that amount", () -> partner.order("deposit", amount)));
        story.fact("… goes to that card", "card", () -> isOn(orders.getLast(), card));
        orders.forEach(order -> cancel(partner, order.get("uid").asString()));
    }

    /** The card monitor would see to it within a minute. */
    private void toWork(String card) {
        if ("vacation".equals(http.get(card, admin).json().path("status").asString(""))) {
            story.answer(
                    "… and to work at once",
                    200,
                    () -> http.post(card + "/status", admin, "{\"status\":\"active\",\"reason\":\"demo\"}"));
        }
    }

    private static Reply depositsUntilRefused(PartnerProgram partner, String amount, List<JsonNode> orders) {
        for (var i = 0; i < MOST_CARDS; i++) {
            var reply = partner.order("deposit", amount);
            if (reply.status() != 201) {
                return reply;
            }
            orders.add(reply.json());
        }
        throw new StartFailure("There are more cards than the demo can keep busy.");
    }

    private static boolean isOn(JsonNode order, JsonNode card) {
        return order.path("card_mask").equals(card.path("mask"));
    }
}
