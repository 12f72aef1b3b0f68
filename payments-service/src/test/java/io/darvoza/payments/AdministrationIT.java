package io.darvoza.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.card.CardFixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The administration as callers with tokens see it, beside the data of the local run. */
@RealService
class AdministrationIT {

    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};
    private static final String ADMIN = TestTokens.shared().user("payments_admin", "payments_admin");
    private static final String COMPLIANCE = TestTokens.shared().user("payments_compliance", "payments_compliance");
    private static final String CARD_TERMS = """
            {"bank": "Bank", "holder": "ACME", "holder_kind": "organisation", "legal_basis": "Contract 7", "expiry": "12/39",
             "min": "10.00", "max": "1000.00", "in": {"day": "5000.00", "max_open": 3},
             "schedule": [{"day": 1, "from": "09:00", "until": "24:00"}]}
            """;

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    @Test
    void theLocalRunHasTwoPrefundedPartnersAndTwentyCards() {
        List<Map<String, Object>> partners = list(get("/partners"), "partners");
        assertThat(partners).extracting(partner -> partner.get("client_id")).contains("partner", "partner2");
        assertThat(text("""
                        select string_agg(b.balance::text, ',') from ledger_balance b
                        join ledger_account a on a.id = b.account_id join partner p on p.id = a.owner_id
                        where a.kind = 'available' and p.client_id in ('partner', 'partner2')
                        """)).isEqualTo("100000000,100000000");
        assertThat(list(get("/cards?limit=200"), "cards").stream()
                        .filter(card -> card.get("currency").equals("RUB"))
                        .filter(card -> ((String) card.get("mask")).startsWith("220424**")))
                .hasSize(20);
    }

    @Test
    void registersAPartnerAndTellsItsFirstKeyOnce() {
        String client = "client-" + UUID.randomUUID();
        Map<String, Object> made = send(HttpMethod.POST, "/partners", registration(client, "{\"name\": \"New\"}"), 201);
        Map<String, Object> partner = object(made, "partner");

        assertThat((String) object(made, "first_key").get("secret_hex")).matches("[0-9a-f]{64}");
        assertThat(partner)
                .containsEntry("status", "active")
                .containsEntry("ttl_seconds", 900)
                .containsEntry("second_approval", "100000.00");
        assertThat(object(partner, "deposit")).containsEntry("bps", 250).containsEntry("min", "0.00");
        assertThat(send(HttpMethod.POST, "/partners", registration(client, "{\"name\": \"New\"}"), 409))
                .containsEntry("code", "already_registered");
        assertThat(get("/audit?object_kind=partner&object_id=" + partner.get("id"))
                        .toString())
                .contains("partner_registered")
                .doesNotContain((String) object(made, "first_key").get("secret_hex"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"\"} | /name",
                "{\"name\": \"A\", \"ttl_seconds\": 4} | /ttl_seconds",
                "{\"name\": \"A\", \"ttl_seconds\": 3601} | /ttl_seconds",
                "{\"name\": \"A\", \"deposit\": {\"bps\": 10001}} | /deposit/bps",
                "{\"name\": \"A\", \"deposit\": {\"min\": \"1.001\"}} | /deposit/min",
                "{\"name\": \"A\", \"deposit\": {\"min\": \"2.00\", \"max\": \"1.00\"}} | /deposit/max",
                "{\"name\": \"A\", \"withdrawal\": {\"max\": \"1e3\"}} | /withdrawal/max",
                "{\"name\": \"A\", \"second_approval\": \"0\"} | /second_approval",
                "{\"name\": \"A\", \"second_approval\": \"-1.00\"} | /second_approval",
                "{\"name\": \"A\", \"status\": \"gone\"} | /status",
            })
    void refusesNonsenseWithAPointerAndWritesNothing(String terms, String pointer) {
        String client = "client-" + UUID.randomUUID();

        assertThat(send(HttpMethod.POST, "/partners", registration(client, terms), 400)
                        .get("errors")
                        .toString())
                .contains("pointer=" + pointer + ",");
        assertThat(text("select count(*)::text from partner where client_id = '" + client + "'"))
                .isEqualTo("0");
    }

    @Test
    void changesTermsAtTheVersionThatWasRead() {
        String path = partnerPath();

        http().put()
                .uri("/v1/payments/admin" + path)
                .header("If-Match", "\"7\"")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\": \"Other\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        http().put()
                .uri("/v1/payments/admin" + path)
                .header("If-Match", "\"1\"")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(
                        "{\"name\": \"Other\", \"status\": \"blocked\", \"deposit\": {\"bps\": 100, \"max\": \"50.00\"}}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"");
        assertThat(get(path)).containsEntry("name", "Other").containsEntry("status", "blocked");
        assertThat(get("/partners/" + UUID.randomUUID(), 404)).containsEntry("code", "not_found");
    }

    @Test
    void replacesTheLimitsOfPayers() {
        String path = partnerPath() + "/limits";
        send(HttpMethod.PUT, path, """
                {"limits": [{"payer_key": "client_id", "identified": false, "operation": "15000.00", "month": "40000.00"},
                            {"payer_key": "pan", "identified": true, "day": "100000.00"}]}
                """, 200);

        assertThat(list(get(path), "limits"))
                .containsExactly(
                        Map.of(
                                "payer_key",
                                "client_id",
                                "identified",
                                false,
                                "operation",
                                "15000.00",
                                "month",
                                "40000.00"),
                        Map.of("payer_key", "pan", "identified", true, "day", "100000.00"));
        assertThat(send(HttpMethod.PUT, path, """
                        {"limits": [{"payer_key": "pan", "identified": true}, {"payer_key": "pan", "identified": true}]}
                        """, 400)).containsEntry("code", "validation_failed");
        assertThat(list(get(path), "limits")).hasSize(2);
        send(HttpMethod.PUT, path, "{\"limits\": []}", 200);
        assertThat(list(get(path), "limits")).isEmpty();
    }

    @Test
    void setsWhatHoldsForACurrency() {
        Map<String, Object> changed = send(HttpMethod.PUT, "/currencies/USD", """
                {"min_amount": "2.00", "max_amount": "9000.00", "second_approval": "500.00"}
                """, 200);

        assertThat(changed).containsEntry("min_amount", "2.00").containsEntry("second_approval", "500.00");
        assertThat(send(HttpMethod.PUT, "/currencies/USD", "{\"min_amount\": \"2.00\", \"max_amount\": \"1.00\"}", 400)
                        .get("errors")
                        .toString())
                .contains("/max_amount", "/second_approval");
        send(HttpMethod.PUT, "/currencies/EUR", "{}", 404);
    }

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

    private String partnerPath() {
        Map<String, Object> made = send(
                HttpMethod.POST, "/partners", registration("client-" + UUID.randomUUID(), "{\"name\": \"New\"}"), 201);
        return "/partners/" + object(made, "partner").get("id");
    }

    private String cardPath() {
        return "/cards/"
                + send(HttpMethod.POST, "/cards", card(CardFixtures.number().reveal(), CARD_TERMS), 201)
                        .get("id");
    }

    private static String registration(String client, String terms) {
        return "{\"client_id\": \"%s\", \"currency\": \"RUB\", \"terms\": %s}".formatted(client, terms);
    }

    private static String card(String number, String terms) {
        return "{\"card_number\": \"%s\", \"currency\": \"TJS\", \"terms\": %s}".formatted(number, terms);
    }

    private Map<String, Object> get(String path) {
        return get(path, 200);
    }

    private Map<String, Object> get(String path, int status) {
        return http().get()
                .uri("/v1/payments/admin" + path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody();
    }

    private Map<String, Object> send(HttpMethod method, String path, String json, int status) {
        return send(ADMIN, method, path, json, status);
    }

    private Map<String, Object> send(String token, HttpMethod method, String path, String json, int status) {
        return http().method(method)
                .uri("/v1/payments/admin" + path)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody();
    }

    private WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .defaultHeaders(headers -> headers.setBearerAuth(ADMIN))
                .build();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> json, String member) {
        return (Map<String, Object>) json.get(member);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String member) {
        return (List<Map<String, Object>>) json.get(member);
    }

    private String text(String sql) {
        return Await.within(database.sql(sql).mapValue(String.class).one(), Duration.ofSeconds(20));
    }
}
