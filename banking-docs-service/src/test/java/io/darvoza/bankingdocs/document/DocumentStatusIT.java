package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

@RealService
class DocumentStatusIT {

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
    void theSeedsRequestWorksAsPrinted() {
        Map<String, Object> answer = api.json(
                        Api.WORKER,
                        HttpMethod.PUT,
                        "/v1/abs/documents/789/status",
                        "{\"status\": \"archived\", \"worker_id\": 456}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"4\"")
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        assertThat(answer)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("document_id", 789, "new_status", "archived", "updated_by", 456));
    }

    @Test
    void aDocumentGoesItsWayAndItsHistoryTellsIt() {
        String id = api.document(Api.CLIENT);
        api.json(
                        Api.WORKER,
                        HttpMethod.PUT,
                        "/v1/abs/documents/" + id + "/status",
                        "{\"status\": \"approved\", \"reason\": \"Всё на месте\"}")
                .expectStatus()
                .isOk();
        api.decide(Api.WORKER, id, "processed").expectStatus().isOk();
        api.decide(Api.WORKER, id, "archived").expectStatus().isOk();

        api.get(Api.CLIENT, "/v1/abs/documents/" + id)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("archived")
                .jsonPath("$.worker_id")
                .isEqualTo(456)
                .jsonPath("$.fact_maturity_date")
                .isNotEmpty();
        api.get(Api.CLIENT, "/v1/abs/documents/" + id + "/history")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.history[*].status")
                .isEqualTo(List.of("pending", "approved", "processed", "archived"))
                .jsonPath("$.history[0].by")
                .isEqualTo("client")
                .jsonPath("$.history[0].worker_id")
                .doesNotExist()
                .jsonPath("$.history[1].by")
                .isEqualTo("bank")
                .jsonPath("$.history[1].worker_id")
                .isEqualTo(456)
                .jsonPath("$.history[1].from_status")
                .isEqualTo("pending")
                .jsonPath("$.history[1].reason")
                .isEqualTo("Всё на месте");
        api.get(Api.CLIENT2, "/v1/abs/documents/" + id + "/history")
                .expectStatus()
                .isNotFound();
        assertThat(eventsOf(id))
                .containsExactly(
                        "banking-docs.document.uploaded.v1 1 pending",
                        "banking-docs.document.status-changed.v1 2 approved",
                        "banking-docs.document.status-changed.v1 3 processed",
                        "banking-docs.document.status-changed.v1 4 archived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"processed", "archived", "pending"})
    void aMoveThatTheStatusForbidsChangesNothing(String status) {
        String id = api.document(Api.CLIENT);

        api.decide(Api.WORKER, id, status)
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("document_status_conflict")
                .jsonPath("$.current_status")
                .isEqualTo("pending")
                .jsonPath("$.allowed")
                .isEqualTo(List.of("approved", "rejected"));
        assertThat(eventsOf(id)).hasSize(1);
    }

    @Test
    void anotherVersionThanTheCurrentOneIsNotDecidedOn() {
        String id = api.document(Api.CLIENT);

        api.decide(Api.WORKER, id, "approved", "If-Match", "\"2\"")
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        api.decide(Api.WORKER, id, "approved", "If-Match", "\"1\"")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"2\"");
        api.decide(Api.WORKER, id, "processed", "If-Match", "*").expectStatus().isOk();
    }

    @Test
    void aKeyDecidesOnce() {
        String id = api.document(Api.CLIENT);
        String key = UUID.randomUUID().toString();
        api.decide(Api.WORKER, id, "approved", "Idempotency-Key", key)
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Idempotency-Hit");

        api.decide(Api.WORKER, id, "approved", "Idempotency-Key", key)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Idempotency-Hit", "true");
        api.decide(Api.WORKER, id, "processed", "Idempotency-Key", key)
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(eventsOf(id)).hasSize(2);
    }

    @Test
    void nobodyDecidesInAnothersNameButAnAdministrator() {
        String id = api.document(Api.CLIENT);
        String foreign = "{\"status\": \"approved\", \"worker_id\": 123}";
        String uri = "/v1/abs/documents/" + id + "/status";

        api.json(Api.WORKER, HttpMethod.PUT, uri, foreign)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("worker_not_allowed");
        api.json(Api.ADMIN, HttpMethod.PUT, uri, foreign)
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_worker");
        api.json(Api.ADMIN, HttpMethod.PUT, uri, foreign.replace("123", "456"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.updated_by")
                .isEqualTo(456);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\": \"done\"}",
                "{\"status\": \"approved\", \"row_version\": 7}",
                "{\"status\": \"approved\", \"reason\": \" \"}",
                "{\"status\": \"approved\", \"status\": \"rejected\"}",
                "nonsense"
            })
    void whatIsNoDecisionIsRefused(String body) {
        api.json(Api.WORKER, HttpMethod.PUT, "/v1/abs/documents/790/status", body)
                .expectStatus()
                .isBadRequest();
        api.get(Api.WORKER, "/v1/abs/documents/790")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("pending");
    }

    @Test
    void ofManyDecisionsAtOnceOneWins() throws Exception {
        String id = api.document(Api.CLIENT);
        String seen = "\"1\"";
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> decisions = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String target = i % 2 == 0 ? "approved" : "rejected";
                String[] headers = i % 4 < 2 ? new String[] {"If-Match", seen} : new String[0];
                decisions.add(() -> api.decide(Api.WORKER, id, target, headers)
                        .returnResult(Void.class)
                        .getStatus()
                        .value());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(decisions)) {
                answers.add(answer.get());
            }

            assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409, 412);
        }
        assertThat(eventsOf(id)).hasSize(2);
        assertThat(database.sql("select count(*) from stat where document_id = " + id)
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isEqualTo(2);
    }

    private List<String> eventsOf(String id) {
        return database.sql("""
                        select type || ' ' || aggregate_version || ' ' || (payload::jsonb ->> 'status') from outbox_event
                        where subject = :id and topic = 'banking-docs.document-status.v1' order by id
                        """)
                .bind("id", id)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
