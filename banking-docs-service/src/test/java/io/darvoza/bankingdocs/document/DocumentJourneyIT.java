package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.event.CloudEventHeaders;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

@RealService
class DocumentJourneyIT {

    private static final String METADATA = """
            {"description": "Справка о доходах за год", "category": "Финансы", "actual_date": "2026-01-01"}""";

    /** The broker outlives a test class and its database, so ids come again: only events from now on are this test's. */
    private final long began = System.currentTimeMillis();

    @LocalServerPort
    int port;

    @Value("${spring.kafka.bootstrap-servers}")
    String kafka;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void aClientsDocumentArrivesIsReadAndTold() {
        byte[] pdf = FileFixtures.pdf(2);

        Map<String, Object> added = api.upload(Api.CLIENT, METADATA, "Справка.pdf", pdf)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\"")
                .expectHeader()
                .valueMatches(HttpHeaders.LOCATION, "/v1/abs/documents/[0-9]+")
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        assertThat(added).containsEntry("status", "pending").containsEntry("content_type", "application/pdf");
        assertThat(added).containsEntry("size", pdf.length);
        assertThat(added)
                .containsEntry("upload_date", LocalDate.now(ZoneOffset.UTC).toString());
        String id = added.get("document_id").toString();

        for (String token : new String[] {Api.CLIENT, Api.WORKER, Api.AUDITOR, Api.MANAGER, Api.OPERATOR}) {
            api.get(token, "/v1/abs/documents/" + id)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.ETAG, "\"1\"")
                    .expectBody()
                    .jsonPath("$.description")
                    .isEqualTo("Справка о доходах за год")
                    .jsonPath("$.category")
                    .isEqualTo("Финансы")
                    .jsonPath("$.category_id")
                    .isEqualTo(2)
                    .jsonPath("$.user_id")
                    .isEqualTo(123)
                    .jsonPath("$.page_count")
                    .isEqualTo(2)
                    .jsonPath("$.file_name")
                    .isEqualTo("Справка.pdf")
                    .jsonPath("$.link")
                    .isEqualTo("/v1/abs/documents/" + id + "/content")
                    .jsonPath("$.history_link")
                    .isEqualTo("/v1/abs/documents/" + id + "/history")
                    .jsonPath("$.worker_id")
                    .doesNotExist();
        }
        api.get(Api.CLIENT2, "/v1/abs/documents/" + id).expectStatus().isNotFound();

        assertThat(content(Api.WORKER, id)).isEqualTo(pdf);
        assertThat(content(Api.CLIENT, id)).isEqualTo(pdf);
        api.get(Api.CLIENT2, "/v1/abs/documents/" + id + "/content")
                .expectStatus()
                .isNotFound();

        SuiteEvent event = eventOf(id);
        assertThat(event.type()).isEqualTo("banking-docs.document.uploaded.v1");
        assertThat(event.source()).isEqualTo("/banking-docs-service");
        assertThat(event.owner()).isEqualTo(EventOwner.user("00000000-0000-4000-8000-000000000123"));
        assertThat(event.aggregateVersion()).isOne();
        assertThat(event.json()).contains("\"status\":\"pending\"").doesNotContain("Справка");
    }

    @Test
    void theSeedsRequestsWorkAsPrinted() {
        api.get(Api.CLIENT, "/v1/dbo/users/123/documents")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.documents[?(@.id == 789)].description")
                .isEqualTo("Договор аренды")
                .jsonPath("$.documents[?(@.id == 789)].category")
                .isEqualTo("Договоры")
                .jsonPath("$.documents[?(@.id == 789)].upload_date")
                .isEqualTo("2023-10-25")
                .jsonPath("$.documents[?(@.id == 789)].status")
                .isEqualTo("processed")
                .jsonPath("$.documents[?(@.id == 790)].status")
                .isEqualTo("pending");
        api.get(Api.WORKER, "/v1/abs/documents?status={status}&category={category}", "processed", "Договоры")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.results[?(@.id == 789)].worker_id")
                .isEqualTo(456)
                .jsonPath("$.results[?(@.id == 789)].plan_maturity_date")
                .isEqualTo("2023-11-01");
        assertThat(content(Api.WORKER, "789")).startsWith('%', 'P', 'D', 'F');
    }

    @Test
    void everybodyHasANumberFromTheFirstRequestOn() {
        String name = "newcomer-" + UUID.randomUUID();
        String token = TestTokens.shared().user(name, "bank_client");

        Map<String, Object> first = me(token);

        assertThat(((Number) first.get("user_id")).longValue()).isGreaterThanOrEqualTo(1000);
        assertThat(me(token)).isEqualTo(first);
        assertThat(me(Api.CLIENT)).containsEntry("user_id", 123).doesNotContainKey("worker_id");
        assertThat(me(Api.WORKER)).containsEntry("user_id", 456).containsEntry("worker_id", 456);
    }

    @Test
    void aListIsTheOwnersAndTheEmployees() {
        api.get(Api.CLIENT2, "/v1/dbo/users/123/documents").expectStatus().isNotFound();
        api.get(Api.CLIENT2, "/v1/dbo/users/999999/documents").expectStatus().isNotFound();
        api.get(Api.OPERATOR, "/v1/dbo/users/123/documents").expectStatus().isOk();
        api.get(Api.CLIENT, "/v1/abs/documents").expectStatus().isForbidden();
    }

    @Test
    void anOperatorUploadsForAClientAndNobodyElseDoes() {
        String metadata = "{\"description\": \"Паспорт\", \"callcopy_id\": 4, \"user_id\": 124}";
        byte[] pdf = FileFixtures.pdfOfSize(1000, 42);

        api.upload(Api.CLIENT, metadata, "p.pdf", pdf)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("owner_not_allowed");
        String id = api.added(Api.OPERATOR, metadata, pdf).get("document_id").toString();

        api.get(Api.CLIENT2, "/v1/abs/documents/" + id).expectStatus().isOk();
        assertThat(eventOf(id).owner()).isEqualTo(EventOwner.user("00000000-0000-4000-8000-000000000124"));
        api.upload(Api.OPERATOR, metadata.replace("124", "999999"), "p.pdf", pdf)
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_client");
    }

    @Test
    void theSameFileTwiceIsADuplicateUnlessAllowed() {
        byte[] pdf = FileFixtures.pdfOfSize(1000, 43);
        Map<String, Object> first = api.added(Api.CLIENT2, METADATA, pdf);

        api.upload(Api.CLIENT2, METADATA, "again.pdf", pdf)
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("duplicate_document")
                .jsonPath("$.duplicate_of")
                .isEqualTo(first.get("document_id"));

        String allowing = METADATA.replace("{", "{\"allow_duplicate\": true, ");
        assertThat(api.added(Api.CLIENT2, allowing, pdf)).containsEntry("duplicate_of", first.get("document_id"));
        assertThat(api.added(Api.CLIENT, METADATA, pdf)).doesNotContainKey("duplicate_of");
    }

    @Test
    void aKeyGivesTheFirstAnswerAgain() {
        byte[] pdf = FileFixtures.pdfOfSize(1000, 44);
        String key = UUID.randomUUID().toString();

        Map<String, Object> first = api.upload(Api.CLIENT2, key, METADATA, "a.pdf", pdf)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .doesNotExist("Idempotency-Hit")
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
        Map<String, Object> again = api.upload(Api.CLIENT2, key, METADATA, "a.pdf", pdf)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Idempotency-Hit", "true")
                .expectHeader()
                .valueEquals(HttpHeaders.LOCATION, "/v1/abs/documents/" + first.get("document_id"))
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
        assertThat(again).isEqualTo(first);

        api.upload(Api.CLIENT2, key, METADATA, "a.pdf", FileFixtures.pdfOfSize(1000, 45))
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("idempotency_key_reused");
        api.upload(Api.CLIENT2, "no spaces", METADATA, "a.pdf", pdf)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid_idempotency_key");
    }

    private Map<String, Object> me(String token) {
        return api.get(token, "/v1/dbo/users/me")
                .expectStatus()
                .isOk()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
    }

    private byte[] content(String token, String id) {
        return api.get(token, "/v1/abs/documents/" + id + "/content")
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private SuiteEvent eventOf(String id) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers", kafka, "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(DocumentEvents.TOPIC));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < end) {
                var found = StreamSupport.stream(
                                consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                        .filter(message -> message.key().equals(id) && message.timestamp() >= began)
                        .map(CloudEventHeaders::toEvent)
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
            throw new AssertionError("no event of document " + id);
        }
    }
}
