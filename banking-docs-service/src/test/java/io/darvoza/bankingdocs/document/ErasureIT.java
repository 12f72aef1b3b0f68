package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class ErasureIT {

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void takesWhatNothingBindsAndNamesTheRest() {
        int pending = number(api.document(Api.CLIENT2));
        int held = number(api.document(Api.CLIENT2));
        api.json(Api.ADMIN, HttpMethod.PUT, "/v1/abs/documents/" + held + "/hold", "{\"reason\": \"Суд\"}");
        int approved = number(api.document(Api.CLIENT2));
        api.decide(Api.WORKER, "" + approved, "approved");
        int archived = number(api.document(Api.CLIENT2));
        for (String status : new String[] {"approved", "processed", "archived"}) {
            api.decide(Api.WORKER, "" + archived, status).expectStatus().isOk();
        }
        int outlived = number(api.document(Api.CLIENT2));
        for (String status : new String[] {"approved", "processed", "archived"}) {
            api.decide(Api.WORKER, "" + outlived, status).expectStatus().isOk();
        }
        database.sql("update document set retain_until = '2020-01-01' where id = " + outlived)
                .then()
                .block();
        erase(Api.MANAGER, 124, "Заявление").expectStatus().isForbidden();
        erase(Api.ADMIN, 124, "").expectStatus().isBadRequest();
        erase(Api.ADMIN, 456, "Заявление").expectStatus().isNotFound();

        Map<String, Object> erased = erase(Api.ADMIN, 124, "Заявление от 21.11.2026")
                .expectStatus()
                .isOk()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        assertThat(erased).containsEntry("user_id", 124).containsEntry("deleted_documents", 2);
        assertThat(erased.get("kept_documents"))
                .isEqualTo(List.of(
                        Map.of("document_id", held, "reason", "legal_hold"),
                        Map.of("document_id", approved, "reason", "in_process"),
                        Map.of("document_id", archived, "reason", "retention")));
        api.get(Api.ADMIN, "/v1/abs/documents/" + pending).expectStatus().isNotFound();
        assertThat(database.sql("""
                                select count(*) from user_account
                                where id = 124 and inn is null and inn_index is null and address is null and birthday is null
                                """).mapValue(Long.class).one().block()).isOne();
        assertThat(database.sql("select count(*) from outbox_event where type = 'banking-docs.document.deleted.v1'")
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "categories, 3, Справки",
        "document-statuses, 15, archived",
        "link-statuses, 4, revoked",
        "contract-statuses, 21, draft",
        "sexes, 1, male"
    })
    void dictionariesAreThere(String name, int id, String word) {
        api.get(Api.CLIENT, "/v1/dbo/dictionaries/" + name)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries[?(@.id == " + id + ")].word")
                .isEqualTo(word);
        api.get(Api.CLIENT, "/v1/dbo/dictionaries/" + name + "x").expectStatus().isNotFound();
    }

    private WebTestClient.ResponseSpec erase(String token, long userId, String reason) {
        return api.json(
                token, HttpMethod.POST, "/v1/dbo/users/" + userId + "/erasure", "{\"reason\": \"" + reason + "\"}");
    }

    private static int number(String id) {
        return Integer.parseInt(id);
    }
}
