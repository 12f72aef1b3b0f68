package io.darvoza.bankingdocs.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.common.test.security.TestTokens;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class ProfileIT {

    private static final String URI = "/v1/dbo/users/%d/profile";
    private static final String PROFILE = """
            {"middle_name": "Петрович", "birthday": "1970-02-28", "address": "Тверь, ул. Новая, 7",
             "inn": "001234567887", "sex": "male", "fin_position_id": 2}""";

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    private WebTestClient http;

    @BeforeEach
    void open() {
        http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @Test
    void aClientReadsHisOwnAndNobodyElsesProfile() {
        get("bank_client", "bank_client", 123)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.inn")
                .isEqualTo("770000000082")
                .jsonPath("$.birthday")
                .isEqualTo("1990-01-01")
                .jsonPath("$.fin_position")
                .isEqualTo("стабильное");
        get("bank_client", "bank_client", 124).expectStatus().isNotFound();
        put("bank_client", "bank_client", 123, PROFILE, null).expectStatus().isForbidden();
        assertThat(audited(123)).doesNotContain("profile.read");
    }

    @Test
    void anOperatorSetsAProfileThatLiesEncrypted() {
        String tag = get("dbo_operator", "dbo_operator", 124)
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();
        put("dbo_operator", "dbo_operator", 124, PROFILE, "\"99\"")
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        String next = put("dbo_operator", "dbo_operator", 124, PROFILE, tag)
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();

        get("bank_client2", "bank_client", 124)
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, next)
                .expectBody()
                .jsonPath("$.middle_name")
                .isEqualTo("Петрович")
                .jsonPath("$.address")
                .isEqualTo("Тверь, ул. Новая, 7")
                .jsonPath("$.inn")
                .isEqualTo("001234567887")
                .jsonPath("$.sex")
                .isEqualTo("male")
                .jsonPath("$.fin_position_id")
                .isEqualTo(2);
        for (String column : new String[] {"inn", "address", "birthday"}) {
            byte[] stored = database.sql("select " + column + " from user_account where id = 124")
                    .mapValue(byte[].class)
                    .one()
                    .block();
            assertThat(new String(stored, StandardCharsets.UTF_8))
                    .as(column)
                    .doesNotContain("001234567887", "Тверь", "1970");
        }
        assertThat(audited(124)).contains("profile.read", "profile.changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inn\": \"770000000083\"}",
                "{\"inn\": \"7700000000\"}",
                "{\"birthday\": \"2999-01-01\"}",
                "{\"birthday\": \"1899-12-31\"}",
                "{\"sex\": \"other\"}",
                "{\"fin_position_id\": 99}",
                "{\"address\": \" \"}",
                "{\"row_version\": 1}",
                "{\"user_type_id\": 3}"
            })
    void whatIsNoProfileIsRefused(String body) {
        put("bank_admin", "bank_admin", 123, body, null).expectStatus().isBadRequest();
        get("bank_client", "bank_client", 123).expectBody().jsonPath("$.inn").isEqualTo("770000000082");
    }

    private String audited(long userId) {
        return database.sql("select coalesce(string_agg(action, ' '), '') from audit_event where user_id = " + userId)
                .mapValue(String.class)
                .one()
                .block();
    }

    private WebTestClient.ResponseSpec get(String user, String role, long id) {
        return http.get()
                .uri(URI.formatted(id))
                .headers(headers -> headers.setBearerAuth(TestTokens.shared().user(user, role)))
                .exchange();
    }

    private WebTestClient.ResponseSpec put(String user, String role, long id, String json, String ifMatch) {
        return http.put()
                .uri(URI.formatted(id))
                .headers(headers -> {
                    headers.setBearerAuth(TestTokens.shared().user(user, role));
                    if (ifMatch != null) {
                        headers.setIfMatch(ifMatch);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }
}
