package io.darvoza.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.card.CardFixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** The administration of cards, their vacations and cases as callers with tokens see it. */
class CardAdministrationIT extends AdministrationFixture {

    @Test
    void issuesACardAndNeverShowsItsNumberAgain() {
        String number = CardFixtures.number().reveal();
        Map<String, Object> card = send(HttpMethod.POST, "/cards", card(number, CARD_TERMS), 201);
        String path = "/cards/" + card.get("id");

        assertThat(card)
                .containsEntry("status", "active")
                .containsEntry("valid_until", "2039-12-31")
                .containsEntry("zone", "Europe/Moscow")
                .doesNotContainKey("out");
        assertThat(card.toString()).contains("5000.00", "until=24:00").doesNotContain(number);
        assertThat(send(HttpMethod.POST, "/cards", card(number, CARD_TERMS), 409))
                .containsEntry("code", "already_registered");
        assertThat(get(path).toString()).doesNotContain(number);
        assertThat(send(HttpMethod.POST, path + "/reveal-pan", "{\"reason\": \" \"}", 400))
                .containsEntry("code", "validation_failed");
        assertThat(send(HttpMethod.POST, path + "/reveal-pan", "{\"reason\": \"lost the plastic\"}", 200))
                .containsEntry("card_number", number);
        assertThat(get("/audit?object_kind=card&object_id=" + card.get("id")).toString())
                .contains("card_issued", "card_number_revealed", "lost the plastic")
                .doesNotContain(number);
    }

    @Test
    void takesNoCardWithoutOwnerBasisOrDirection() {
        String number = CardFixtures.number().reveal();
        String errors = send(HttpMethod.POST, "/cards", card(number, """
                        {"bank": "Bank", "expiry": "13/39", "zone": "Mars/Olympus", "min": "10.00", "max": "1.00",
                         "schedule": [{"day": 8, "from": "25:00", "until": "01:00"}]}
                        """), 400)
                .get("errors")
                .toString();

        assertThat(errors)
                .contains(
                        "/holder,", "/holder_kind", "/legal_basis", "/expiry", "/zone", "/max", "/in,", "/schedule/0");
        assertThat(send(HttpMethod.POST, "/cards", card("2200000000000005", CARD_TERMS), 400)
                        .toString())
                .contains("/card_number")
                .doesNotContain("2200000000000005");
    }

    @Test
    void changesCapsButNotTheDirection() {
        Map<String, Object> card =
                send(HttpMethod.POST, "/cards", card(CardFixtures.number().reveal(), CARD_TERMS), 201);
        String path = "/cards/" + card.get("id");

        Map<String, Object> changed = send(HttpMethod.PUT, path, CARD_TERMS.replace("5000.00", "6000.00"), 200);
        assertThat(changed.toString()).contains("6000.00");
        assertThat(changed).containsEntry("version", 2);
        send(HttpMethod.PUT, path, CARD_TERMS.replace("\"in\"", "\"out\""), 412);
    }

    @Test
    void stopsACardAndLetsItWorkAgainButNotFromTheGrave() {
        String path = cardPath();

        assertThat(send(HttpMethod.POST, path + "/status", "{\"status\": \"paused\", \"reason\": \"check\"}", 200))
                .containsEntry("status", "paused")
                .containsEntry("status_reason", "check");
        assertThat(text("select bool_or(accepting)::text from card_counter where card_id = '" + path.substring(7)
                        + "'"))
                .isEqualTo("false");
        send(HttpMethod.POST, path + "/status", "{\"status\": \"active\", \"reason\": \"fine\"}", 200);
        send(HttpMethod.POST, path + "/status", "{\"status\": \"blocked\", \"reason\": \"lost\"}", 200);
        assertThat(send(HttpMethod.POST, path + "/status", "{\"status\": \"active\", \"reason\": \"found\"}", 409))
                .containsEntry("code", "state_conflict")
                .containsEntry("status", "blocked");
    }

    @Test
    void plansAndCancelsVacations() {
        String path = cardPath() + "/vacations";
        Map<String, Object> planned = send(HttpMethod.POST, path, """
                {"starts_at": "2199-01-01T00:00:00Z", "ends_at": "2199-01-08T00:00:00Z", "reason": "New year"}
                """, 201);

        assertThat(list(get(path), "vacations")).hasSize(1);
        http().delete()
                .uri("/v1/payments/admin" + path + "/" + planned.get("id"))
                .exchange()
                .expectStatus()
                .isNoContent();
        http().delete()
                .uri("/v1/payments/admin" + path + "/" + planned.get("id"))
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(send(HttpMethod.POST, path, """
                        {"starts_at": "2199-01-08T00:00:00Z", "ends_at": "2199-01-01T00:00:00Z", "reason": "No"}
                        """, 400).toString()).contains("/ends_at");
    }

    @Test
    void closesACaseOnceAndPausesTheCardThatWaitedForIt() {
        String card = cardPath().substring(7);
        send(
                HttpMethod.POST,
                "/cards/" + card + "/status",
                "{\"status\": \"compliance_hold\", \"reason\": \"x\"}",
                200);
        String id = text("""
                insert into compliance_case (id, card_id, indicator, details, status, opened_at)
                values (gen_random_uuid(), '%s', 'operations_per_day', '{"count": 31}', 'open', now()) returning id::text
                """.formatted(card));

        assertThat(list(get("/cases"), "cases").toString()).contains(id, "count=31");
        Map<String, Object> closed =
                send(COMPLIANCE, HttpMethod.POST, "/cases/" + id + "/close", "{\"resolution\": \"A fair\"}", 200);
        assertThat(closed).containsEntry("status", "closed").containsEntry("resolution", "A fair");
        assertThat(get("/cards/" + card)).containsEntry("status", "paused");
        send(COMPLIANCE, HttpMethod.POST, "/cases/" + id + "/close", "{\"resolution\": \"Again\"}", 409);
    }

    @Test
    void pagesThroughTheAuditLogOnce() {
        String path = cardPath();
        for (int i = 0; i < 3; i++) {
            send(HttpMethod.POST, path + "/status", "{\"status\": \"paused\", \"reason\": \"a\"}", 200);
            send(HttpMethod.POST, path + "/status", "{\"status\": \"active\", \"reason\": \"b\"}", 200);
        }
        String query = "/audit?object_kind=card&object_id=" + path.substring(7) + "&limit=4";
        Map<String, Object> first = get(query);
        Map<String, Object> second = get(query + "&cursor=" + first.get("next_cursor"));

        assertThat(list(first, "entries")).hasSize(4);
        assertThat(list(second, "entries")).hasSize(3);
        assertThat(list(second, "entries").getLast()).containsEntry("action", "card_issued");
        assertThat(second).doesNotContainKey("next_cursor");
        assertThat(get("/audit?limit=4&cursor=" + first.get("next_cursor"), 400))
                .containsEntry("code", "invalid_cursor");
    }
}
