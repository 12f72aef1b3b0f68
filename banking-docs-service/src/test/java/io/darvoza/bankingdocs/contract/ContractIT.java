package io.darvoza.bankingdocs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.document.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class ContractIT {

    private static final String CONTRACTS = "/v1/sm/contracts";

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
    void theSeedsRequestsWorkAsPrinted() {
        Map<String, Object> created = api.json(
                        Api.MANAGER,
                        HttpMethod.POST,
                        CONTRACTS,
                        "{\"user_id\": 123, \"description\": \"Контракт на обслуживание\"}")
                .expectStatus()
                .isCreated()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
        assertThat(created).containsEntry("user_id", 123).containsEntry("status", "draft");
        assertThat((Integer) created.get("contract_id")).isGreaterThanOrEqualTo(1000);
        api.get(Api.CLIENT, CONTRACTS + "/101/documents")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.contract_id")
                .isEqualTo(101)
                .jsonPath("$.documents[?(@.document_id == 789)].description")
                .isEqualTo("Договор аренды")
                .jsonPath("$.documents[?(@.document_id == 789)].link")
                .isEqualTo("/v1/abs/documents/789/content");
        assertThat(api.json(
                                Api.MANAGER,
                                HttpMethod.PUT,
                                CONTRACTS + "/101/link",
                                "{\"document_id\": 789, \"operation_status_id\": 4}")
                        .expectStatus()
                        .isOk()
                        .expectBody(Api.OBJECT)
                        .returnResult()
                        .getResponseBody())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("contract_id", 101, "document_id", 789, "new_status", "revoked"));
        assertThat(link(Api.MANAGER, CONTRACTS + "/101", "789")
                        .expectStatus()
                        .isCreated()
                        .expectBody(Api.OBJECT)
                        .returnResult()
                        .getResponseBody())
                .containsExactlyInAnyOrderEntriesOf(Map.of("contract_id", 101, "document_id", 789, "status", "active"));
    }

    @Test
    void theSeedsTableIsAView() {
        String document = api.document(Api.CLIENT);
        link(Api.CLIENT, contract(123), document).expectStatus().isCreated();

        assertThat(database.sql("select user_id, operation_status_id from seed.contract where document_id = :document")
                        .bind("document", Long.parseLong(document))
                        .fetch()
                        .all()
                        .collectList()
                        .block())
                .containsExactly(Map.of("user_id", 123L, "operation_status_id", (short) 1));
    }

    @Test
    void aContractGoesThroughItsLife() {
        String contract = contract(123);
        refused(status(contract, "closed"), 409, "contract_status_conflict");
        refused(status(contract, "nonsense"), 400, "validation_failed");
        refused(
                api.json(
                        Api.MANAGER,
                        HttpMethod.PUT,
                        contract + "/status",
                        "{\"status\": \"active\"}",
                        "If-Match",
                        "\"9\""),
                412,
                "precondition_failed");
        for (String next : new String[] {"active", "closed", "archived"}) {
            status(contract, next)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.new_status")
                    .isEqualTo(next);
        }

        api.get(Api.CLIENT, contract)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"4\"")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("archived");
        refused(link(Api.CLIENT, contract, api.document(Api.CLIENT)), 409, "contract_status_conflict");
    }

    @Test
    void aDocumentIsLinkedOnceAndItsLinkLives() {
        String contract = contract(123);
        String document = api.document(Api.CLIENT);
        link(Api.CLIENT, contract, document).expectStatus().isCreated();
        refused(link(Api.CLIENT, contract, document), 409, "link_exists");
        refused(change(contract, document, "\"status\": \"active\""), 409, "link_status_conflict");
        refused(
                change(contract, document, "\"status\": \"active\", \"operation_status_id\": 4"),
                400,
                "validation_failed");
        refused(change(contract, document, "\"operation_status_id\": 11"), 400, "validation_failed");
        refused(change(contract, "790", "\"status\": \"revoked\""), 404, "not_found");
        change(contract, document, "\"status\": \"suspended\"").expectStatus().isOk();
        change(contract, document, "\"operation_status_id\": 4").expectStatus().isOk();
        documents(contract, "").isEqualTo(List.of());
        documents(contract, "?link_status=revoked").isEqualTo(List.of(Integer.parseInt(document)));
        refused(change(contract, document, "\"status\": \"active\""), 409, "link_status_conflict");
        link(Api.MANAGER, contract, document).expectStatus().isCreated();

        documents(contract, "").isEqualTo(List.of(Integer.parseInt(document)));
        assertThat(strings("select type from outbox_event where type like 'banking-docs.%' and subject = '" + document
                        + "' order by id"))
                .containsExactly(
                        "banking-docs.document.uploaded.v1",
                        "banking-docs.document.linked.v1",
                        "banking-docs.document.link-changed.v1",
                        "banking-docs.document.link-changed.v1",
                        "banking-docs.document.linked.v1");
    }

    @Test
    void whatIsAnothersDoesNotExistAndAManagerIsToldThatOwnersDiffer() {
        String own = contract(123);
        String foreign = contract(124);
        String document = api.document(Api.CLIENT);
        String foreignDocument = api.document(Api.CLIENT2);

        refused(link(Api.CLIENT, foreign, document), 404, "not_found");
        refused(link(Api.CLIENT, own, foreignDocument), 404, "not_found");
        refused(link(Api.CLIENT, CONTRACTS + "/99999999", document), 404, "not_found");
        refused(link(Api.MANAGER, own, foreignDocument), 422, "owners_differ");
        refused(link(Api.MANAGER, own, "99999999"), 404, "not_found");
        refused(api.get(Api.CLIENT, foreign), 404, "not_found");
        refused(api.get(Api.CLIENT, foreign + "/documents"), 404, "not_found");
        refused(api.get(Api.CLIENT, CONTRACTS + "?user_id=124"), 404, "not_found");
    }

    @Test
    void listsAreTheClientsOwnAndPageOn() {
        String first = contract(124);
        String second = contract(124);
        Map<String, Object> page = api.get(Api.CLIENT2, CONTRACTS + "?limit=1")
                .expectStatus()
                .isOk()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
        assertThat(page.get("contracts"))
                .asString()
                .contains("contract_id=" + second.substring(CONTRACTS.length() + 1));
        api.get(Api.CLIENT2, CONTRACTS + "?limit=1&cursor={cursor}", page.get("next_cursor"))
                .expectBody()
                .jsonPath("$.contracts[0].contract_id")
                .isEqualTo(Integer.parseInt(first.substring(CONTRACTS.length() + 1)));
        api.get(Api.AUDITOR, CONTRACTS + "?user_id=123&status=active")
                .expectBody()
                .jsonPath("$.contracts[*].contract_id")
                .isEqualTo(101);
        refused(api.get(Api.MANAGER, CONTRACTS + "?state=active"), 400, "unknown_parameter");
        refused(api.get(Api.MANAGER, CONTRACTS + "?status=open"), 400, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user_id\": 123}",
                "{\"user_id\": 123, \"description\": \" \"}",
                "{\"user_id\": 123, \"description\": \"x\", \"status\": \"active\"}"
            })
    void whatIsNoContractIsRefused(String body) {
        api.json(Api.MANAGER, HttpMethod.POST, CONTRACTS, body).expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @CsvSource({"456", "99999999"})
    void aContractIsAClients(long userId) {
        refused(
                api.json(
                        Api.MANAGER,
                        HttpMethod.POST,
                        CONTRACTS,
                        "{\"user_id\": %d, \"description\": \"x\"}".formatted(userId)),
                422,
                "unknown_client");
    }

    @Test
    void grantsAreGivenAndWithdrawnAndAudited() {
        String contract = contract(123);
        String grant = contract + "/grants/partner";
        for (int i = 0; i < 2; i++) {
            api.json(Api.MANAGER, HttpMethod.PUT, grant, "")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.partner")
                    .isEqualTo("partner");
        }
        for (int i = 0; i < 2; i++) {
            api.delete(Api.MANAGER, grant).expectStatus().isNoContent();
        }
        refused(api.json(Api.MANAGER, HttpMethod.PUT, contract + "/grants/NoName", ""), 400, "validation_failed");
        refused(api.json(Api.MANAGER, HttpMethod.PUT, CONTRACTS + "/9999999/grants/partner", ""), 404, "not_found");
        assertThat(strings("select action from audit_event where contract_id = "
                        + contract.substring(CONTRACTS.length() + 1) + " order by id"))
                .containsExactly("contract.created", "grant.given", "grant.withdrawn");
    }

    @Test
    void ofALinkAndADeletionAtOnceOnlyOneHappens() throws Exception {
        String contract = contract(123);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 12; round++) {
                String document = api.document(Api.CLIENT);
                List<Callable<Integer>> both = new ArrayList<>();
                both.add(() -> code(link(Api.CLIENT, contract, document)));
                both.add(() -> code(api.delete(Api.CLIENT, "/v1/dbo/documents/" + document)));
                List<Integer> answers = new ArrayList<>();
                for (Future<Integer> answer : threads.invokeAll(both)) {
                    answers.add(answer.get());
                }

                assertThat(answers).isIn(List.of(201, 409), List.of(404, 200));
            }
        }
    }

    private static int code(WebTestClient.ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }

    private String contract(long userId) {
        return api.json(
                        Api.MANAGER,
                        HttpMethod.POST,
                        CONTRACTS,
                        "{\"user_id\": %d, \"description\": \"Контракт\"}".formatted(userId))
                .expectStatus()
                .isCreated()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
    }

    private WebTestClient.ResponseSpec status(String contract, String status) {
        return api.json(Api.MANAGER, HttpMethod.PUT, contract + "/status", "{\"status\": \"" + status + "\"}");
    }

    private WebTestClient.ResponseSpec link(String token, String contract, String document) {
        return api.json(token, HttpMethod.POST, contract + "/link", "{\"document_id\": " + document + "}");
    }

    private WebTestClient.ResponseSpec change(String contract, String document, String status) {
        return api.json(
                Api.MANAGER, HttpMethod.PUT, contract + "/link", "{\"document_id\": " + document + ", " + status + "}");
    }

    private JsonPathAssertions documents(String contract, String query) {
        return api.get(Api.CLIENT, contract + "/documents" + query)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.documents[*].document_id");
    }

    private List<String> strings(String sql) {
        return database.sql(sql).mapValue(String.class).all().collectList().block();
    }

    private static void refused(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus()
                .isEqualTo(HttpStatus.valueOf(status))
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
