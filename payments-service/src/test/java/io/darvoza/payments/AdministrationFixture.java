package io.darvoza.payments;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.card.CardFixtures;
import io.darvoza.payments.vault.PanVault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Calls of the administration with tokens, beside the data of the local run. */
@RealService
abstract class AdministrationFixture {

    static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    static final String ADMIN = TestTokens.shared().user("payments_admin", "payments_admin");

    static final String COMPLIANCE = TestTokens.shared().user("payments_compliance", "payments_compliance");

    static final String CARD_TERMS = """
            {"bank": "Bank", "holder": "ACME", "holder_kind": "organisation", "legal_basis": "Contract 7", "expiry": "12/39",
             "min": "10.00", "max": "1000.00", "in": {"day": "5000.00", "max_open": 3},
             "schedule": [{"day": 1, "from": "09:00", "until": "24:00"}]}
            """;

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    @Autowired
    PanVault vault;

    String partnerPath() {
        Map<String, Object> made = send(
                HttpMethod.POST, "/partners", registration("client-" + UUID.randomUUID(), "{\"name\": \"New\"}"), 201);
        return "/partners/" + object(made, "partner").get("id");
    }

    String cardPath() {
        return "/cards/"
                + send(HttpMethod.POST, "/cards", card(CardFixtures.number().reveal(), CARD_TERMS), 201)
                        .get("id");
    }

    static String registration(String client, String terms) {
        return "{\"client_id\": \"%s\", \"currency\": \"RUB\", \"terms\": %s}".formatted(client, terms);
    }

    static String card(String number, String terms) {
        return "{\"card_number\": \"%s\", \"currency\": \"TJS\", \"terms\": %s}".formatted(number, terms);
    }

    Map<String, Object> get(String path) {
        return get(path, 200);
    }

    Map<String, Object> get(String path, int status) {
        return http().get()
                .uri("/v1/payments/admin" + path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody();
    }

    Map<String, Object> send(HttpMethod method, String path, String json, int status) {
        return send(ADMIN, method, path, json, status);
    }

    Map<String, Object> send(String token, HttpMethod method, String path, String json, int status) {
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

    WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .defaultHeaders(headers -> headers.setBearerAuth(ADMIN))
                .build();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> json, String member) {
        return (Map<String, Object>) json.get(member);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> json, String member) {
        return (List<Map<String, Object>>) json.get(member);
    }

    String text(String sql) {
        return Await.within(database.sql(sql).mapValue(String.class).one(), Duration.ofSeconds(20));
    }
}
