package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.objectstore.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class DocumentEditIT {

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    @Autowired
    ObjectStore store;

    @Autowired
    ContentPurge purge;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void theSeedsPatchWorksAsPrinted() {
        assertThat(patch(Api.CLIENT, "789", "{\"description\": \"Обновленный договор аренды\"}")
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals(HttpHeaders.ETAG, "\"4\"")
                        .expectBody(Api.OBJECT)
                        .returnResult()
                        .getResponseBody())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "document_id", 789, "updated_field", "description", "new_value", "Обновленный договор аренды"));
        refused(api.delete(Api.CLIENT, "/v1/dbo/documents/789"), 409, "document_linked");
    }

    @Test
    void severalMembersAreChangedAtOnceAndADateIsTakenAway() {
        String id = api.document(Api.CLIENT);
        patch(
                        Api.CLIENT,
                        id,
                        "{\"actual_date\": \"2026-01-01\", \"actual_end_date\": \"2026-12-31\", \"category\": \"Прочее\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.updated_field")
                .doesNotExist()
                .jsonPath("$.updated_fields.category")
                .isEqualTo("Прочее")
                .jsonPath("$.updated_fields.actual_end_date")
                .isEqualTo("2026-12-31");
        patch(Api.CLIENT, id, "{\"actual_end_date\": null}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.updated_field")
                .isEqualTo("actual_end_date")
                .jsonPath("$.new_value")
                .isEqualTo(null);

        api.get(Api.CLIENT, "/v1/abs/documents/" + id)
                .expectBody()
                .jsonPath("$.category_id")
                .isEqualTo(5)
                .jsonPath("$.actual_date")
                .isEqualTo("2026-01-01")
                .jsonPath("$.actual_end_date")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"description\"",
                "{\"status\": \"approved\"}",
                "{\"user_id\": 124}",
                "{\"description\": \" \"}",
                "{\"description\": null}",
                "{\"description\": \"a\\u0000b\"}",
                "{\"category\": \"Нет такой\"}",
                "{\"callcopy_id\": \"1\"}",
                "{\"actual_date\": \"31.12.2026\"}",
                "{\"actual_date\": \"2026-02-01\", \"actual_end_date\": \"2026-01-01\"}"
            })
    void whatIsNoPatchIsRefused(String body) {
        String id = api.document(Api.CLIENT);

        patch(Api.CLIENT, id, body).expectStatus().isBadRequest();
        api.get(Api.CLIENT, "/v1/abs/documents/" + id).expectHeader().valueEquals(HttpHeaders.ETAG, "\"1\"");
    }

    @Test
    void afterADecisionOnlyTheWordsChangeAndInTheArchiveNothing() {
        String id = api.document(Api.CLIENT);
        api.decide(Api.WORKER, id, "approved");
        refused(patch(Api.CLIENT, id, "{\"callcopy_id\": 1}"), 409, "document_status_conflict");
        patch(Api.CLIENT, id, "{\"description\": \"Другое\"}").expectStatus().isOk();
        api.decide(Api.WORKER, id, "processed");
        api.decide(Api.WORKER, id, "archived");

        refused(patch(Api.CLIENT, id, "{\"description\": \"Третье\"}"), 409, "document_status_conflict");
    }

    @Test
    void aForeignDocumentIsUnknownAndAnOldVersionIsNotChanged() {
        String id = api.document(Api.CLIENT);
        refused(patch(Api.CLIENT2, id, "{\"description\": \"x\"}"), 404, "not_found");
        refused(api.delete(Api.CLIENT2, "/v1/dbo/documents/" + id), 404, "not_found");
        refused(
                api.json(Api.CLIENT, HttpMethod.PATCH, uri(id), "{\"description\": \"x\"}", "If-Match", "\"7\""),
                412,
                "precondition_failed");
        patch(Api.OPERATOR, id, "{\"description\": \"Оператором\"}")
                .expectStatus()
                .isOk();
    }

    @Test
    void aDocumentIsTakenBackWithItsContent() {
        String id = api.document(Api.CLIENT);
        String key = string("select storage_key from document_version where document_id = " + id);

        api.delete(Api.CLIENT, uri(id))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo("Document " + id + " deleted successfully");

        refused(api.get(Api.CLIENT, "/v1/abs/documents/" + id), 404, "not_found");
        refused(api.get(Api.WORKER, "/v1/abs/documents/" + id + "/content"), 404, "not_found");
        refused(api.delete(Api.CLIENT, uri(id)), 404, "not_found");
        assertThat(string("select type from outbox_event where aggregate_version = 2 and subject = '" + id + "'"))
                .isEqualTo("banking-docs.document.deleted.v1");
        assertThat(store.stat(key).hasElement().block()).isTrue();
        assertThat(purge.run().block()).isPositive();
        assertThat(store.stat(key).hasElement().block()).isFalse();
        assertThat(purge.run().block()).isZero();
    }

    @Test
    void whatTheBankReliesOnIsNotTakenBack() {
        String approved = api.document(Api.CLIENT);
        api.decide(Api.WORKER, approved, "approved");
        refused(api.delete(Api.CLIENT, uri(approved)), 409, "document_status_conflict");
        String held = api.document(Api.CLIENT);
        String hold = "/v1/abs/documents/" + held + "/hold";
        api.json(Api.ADMIN, HttpMethod.PUT, hold, "{\"reason\": \"Запрос суда\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.legal_hold")
                .isEqualTo(true);
        refused(api.delete(Api.CLIENT, uri(held)), 409, "document_on_hold");
        refused(api.json(Api.ADMIN, HttpMethod.PUT, hold, "{\"reason\": \"\"}"), 400, "validation_failed");

        api.delete(Api.ADMIN, hold).expectStatus().isOk();
        api.delete(Api.CLIENT, uri(held)).expectStatus().isOk();
        assertThat(database.sql("select action from audit_event where document_id = " + held + " order by id")
                        .mapValue(String.class)
                        .all()
                        .collectList()
                        .block())
                .isEqualTo(List.of("document.held", "document.released", "document.deleted"));
    }

    @Test
    void aRejectedDocumentGetsNewContentAndKeepsTheOld() {
        String id = api.document(Api.CLIENT);
        byte[] better = FileFixtures.pdfOfSize(5_000, 77);
        refused(api.version(Api.CLIENT, id, better), 409, "document_status_conflict");
        api.decide(Api.WORKER, id, "rejected");
        refused(api.version(Api.CLIENT2, id, better), 404, "not_found");
        refused(api.version(Api.CLIENT, id, better, "If-Match", "\"1\""), 412, "precondition_failed");
        refused(api.version(Api.CLIENT, id, new byte[0]), 422, "empty_file");

        for (String hit : new String[] {"null", "true"}) {
            var answer = api.version(Api.CLIENT, id, better, "Idempotency-Key", "replace-" + id)
                    .expectStatus()
                    .isCreated()
                    .expectBody();
            assertThat(String.valueOf(answer.returnResult().getResponseHeaders().getFirst("Idempotency-Hit")))
                    .isEqualTo(hit);
            answer.jsonPath("$.version").isEqualTo(2).jsonPath("$.status").isEqualTo("pending");
        }
        assertThat(content(id, "")).isEqualTo(better);
        assertThat(content(id, "?version=2")).isEqualTo(better);
        assertThat(content(id, "?version=1")).isNotEqualTo(better).startsWith('%', 'P', 'D', 'F');
        refused(api.get(Api.CLIENT, "/v1/abs/documents/" + id + "/content?version=3"), 404, "not_found");
        api.get(Api.AUDITOR, "/v1/abs/documents/" + id + "/versions")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.versions[*].version")
                .isEqualTo(List.of(2, 1))
                .jsonPath("$.versions[0].size")
                .isEqualTo(better.length);
    }

    @Test
    void aLinkOpensTheContentForAWhileAndIsAudited() {
        String id = api.document(Api.CLIENT);
        String links = "/v1/abs/documents/" + id + "/content-links";
        refused(api.json(Api.CLIENT2, HttpMethod.POST, links, ""), 404, "not_found");
        String link = api.json(Api.CLIENT, HttpMethod.POST, links, "")
                .expectStatus()
                .isCreated()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody()
                .get("link")
                .toString();

        assertThat(api.get(null, link)
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals("X-Content-Type-Options", "nosniff")
                        .expectBody()
                        .returnResult()
                        .getResponseBody())
                .startsWith('%', 'P', 'D', 'F');
        refused(api.get(null, link + "x"), 404, "not_found");
        database.sql("update content_link set expires_at = :past where document_id = " + id)
                .bind("past", Instant.parse("2020-01-01T00:00:00Z"))
                .then()
                .block();
        refused(api.get(null, link), 410, "gone");
        assertThat(string(
                        "select string_agg(action || ' ' || actor, ', ' order by id) from audit_event where document_id = "
                                + id))
                .isEqualTo("content-link.created user:00000000-0000-4000-8000-000000000123, content-link.opened link");
    }

    private byte[] content(String id, String query) {
        return api.get(Api.CLIENT, "/v1/abs/documents/" + id + "/content" + query)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private WebTestClient.ResponseSpec patch(String token, String id, String json) {
        return api.json(token, HttpMethod.PATCH, uri(id), json);
    }

    private static String uri(String id) {
        return "/v1/dbo/documents/" + id;
    }

    private static void refused(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus()
                .isEqualTo(HttpStatus.valueOf(status))
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private String string(String sql) {
        return database.sql(sql).mapValue(String.class).one().block();
    }
}
