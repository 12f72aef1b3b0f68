package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.LiveEvents;
import io.darvoza.local.client.SamplePdf;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A bank client's document, from the client's token to the worker's screen and the client's live stream. */
class DocumentJourneyIT {

    private static RunningSuite suite;
    private static Http http;
    private static String client;
    private static String stranger;
    private static String worker;

    @BeforeAll
    static void signIn() {
        suite = RunningSuite.get();
        http = new Http(suite.address());
        client = suite.token("bank_client");
        stranger = suite.token("bank_client2");
        worker = suite.token("abs_worker");
    }

    @Test
    void travelsFromTheClientToTheWorkerAndBackAsAnEvent() throws InterruptedException {
        String words = "journey " + UUID.randomUUID();
        byte[] file = SamplePdf.of(words);
        try (var own = new LiveEvents(http, client);
                var foreign = new LiveEvents(http, stranger)) {
            Http.Reply uploaded = upload(client, words, file);

            assertThat(uploaded.status()).as(body(uploaded)).isEqualTo(201);
            String id = uploaded.json().get("document_id").asString();
            assertThat(uploaded.header("Location")).isEqualTo("/v1/abs/documents/" + id);
            assertThat(uploaded.json().get("status").asString()).isEqualTo("pending");

            JsonNode event = own.next(id, Duration.ofSeconds(20));
            assertThat(event)
                    .as("event of document %s in its owner's stream", id)
                    .isNotNull();
            assertThat(event.get("type").asString()).isEqualTo("banking-docs.document.uploaded.v1");
            assertThat(foreign.next(id, Duration.ofSeconds(2))).isNull();

            Http.Reply read = http.get("/v1/abs/documents/" + id, worker);
            assertThat(read.status()).as(body(read)).isEqualTo(200);
            assertThat(read.json().get("description").asString()).isEqualTo(words);
            Http.Reply content = http.get("/v1/abs/documents/" + id + "/content", worker);
            assertThat(content.whole().body()).isEqualTo(file);
        }
    }

    @Test
    void isDecidedOnAndComesUnderAContract() throws InterruptedException {
        String words = "decided " + UUID.randomUUID();
        String manager = suite.token("sm_manager");
        try (var own = new LiveEvents(http, client)) {
            String id = upload(client, words, SamplePdf.of(words))
                    .json()
                    .get("document_id")
                    .asString();
            Http.Reply decided = http.put(
                    "/v1/abs/documents/" + id + "/status", worker, "{\"status\": \"approved\"}", "If-Match", "\"1\"");
            assertThat(decided.status()).as(decided.text()).isEqualTo(200);
            Http.Reply contract =
                    http.post("/v1/sm/contracts", manager, "{\"user_id\": 123, \"description\": \"journey\"}");
            assertThat(contract.status()).as(contract.text()).isEqualTo(201);
            String link = "{\"document_id\": " + id + "}";
            String path = contract.header("Location");
            assertThat(http.post(path + "/link", client, link).status()).isEqualTo(201);
            assertThat(http.post(path + "/link", stranger, link).status()).isEqualTo(404);

            for (String type : new String[] {"uploaded", "status-changed", "linked"}) {
                assertThat(own.next(id, Duration.ofSeconds(20)).get("type").asString())
                        .isEqualTo("banking-docs.document." + type + ".v1");
            }
            assertThat(http.get(path + "/documents", client).text()).contains(words);
        }
    }

    @Test
    void aForeignDocumentDoesNotExist() {
        String words = "mine " + UUID.randomUUID();
        String id = upload(client, words, SamplePdf.of(words))
                .json()
                .get("document_id")
                .asString();

        assertThat(http.get("/v1/abs/documents/" + id, stranger).status()).isEqualTo(404);
        assertThat(http.get("/v1/abs/documents/" + id + "/content", stranger).status())
                .isEqualTo(404);
        assertThat(http.get("/v1/dbo/users/123/documents", stranger).status()).isEqualTo(404);
    }

    @Test
    void theSeedsListIsThere() {
        JsonNode documents =
                http.get("/v1/dbo/users/123/documents", client).json().get("documents");

        assertThat(documents.valueStream().map(document -> document.get("id").asString()))
                .contains("789", "790");
    }

    @Test
    void aForgedTokenIsRefusedEverywhere() {
        String forged = client.substring(0, client.length() - 6) + "AAAAAA";

        assertThat(http.get("/v1/dbo/users/me", forged).status()).isEqualTo(401);
        assertThat(new Http(suite.partAt(8105)).get("/v1/dbo/users/me", forged).status())
                .isEqualTo(401);
        assertThat(http.get("/v1/dbo/users/me", null).status()).isEqualTo(401);
    }

    @Test
    void servicesWithoutTheirFeaturesAnswerForThemselves() {
        for (String path : new String[] {"/v1/payments/x", "/v1/egov/x", "/v1/gosuslugi/x", "/v1/identification/x"}) {
            Http.Reply unknown = http.get(path, client);

            assertThat(http.get(path, null).status()).as(path).isEqualTo(401);
            assertThat(unknown.status()).as(path).isEqualTo(404);
            assertThat(unknown.json().get("code").asString()).isEqualTo("not_found");
        }
    }

    private static Http.Reply upload(String token, String words, byte[] file) {
        String metadata = "{\"description\": \"%s\", \"category\": \"Договоры\"}".formatted(words);
        return http.upload(token, metadata, "sample.pdf", "application/pdf", file);
    }

    private static String body(Http.Reply reply) {
        return new String(reply.whole().body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
