package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class BatchIT {

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    @Autowired
    ObjectStore store;

    private Api api;
    private int seed = 9000;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void theSeedsRequestWorksAsPrinted() {
        Map<String, Object> answer = batch("""
                [{"user_id": 123, "description": "Справка 1", "callcopy_id": 3},
                 {"user_id": 124, "description": "Справка 2", "callcopy_id": 3}]""", files(2))
                .expectStatus()
                .isCreated()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        assertThat(answer).containsOnlyKeys("processed_count", "failed_count", "document_ids");
        assertThat(answer).containsEntry("processed_count", 2).containsEntry("failed_count", 0);
        List<?> ids = (List<?>) answer.get("document_ids");
        api.get(Api.CLIENT, "/v1/abs/documents/" + ids.get(0)).expectStatus().isOk();
        api.get(Api.CLIENT2, "/v1/abs/documents/" + ids.get(1))
                .expectBody()
                .jsonPath("$.description")
                .isEqualTo("Справка 2");
    }

    @Test
    void whatFailsKeepsNothingElseFromComingIn() {
        long objects = objects();
        Map<String, byte[]> files = files(5);
        files.put("f1.pdf", new byte[0]);
        files.put("f2.pdf", "<html></html>".getBytes(StandardCharsets.UTF_8));
        batch("""
                [{"user_id": 123, "description": "Хороший", "callcopy_id": 3},
                 {"user_id": 123, "description": "Пустой", "callcopy_id": 3},
                 {"user_id": 123, "description": "Страница", "callcopy_id": 3},
                 {"user_id": 99999999, "description": "Ничей", "callcopy_id": 3},
                 {"user_id": 123, "description": "Чужое поле", "callcopy_id": 3, "status": "approved"}]""", files)
                .expectStatus()
                .isEqualTo(HttpStatus.MULTI_STATUS)
                .expectBody()
                .jsonPath("$.processed_count")
                .isEqualTo(1)
                .jsonPath("$.failed_count")
                .isEqualTo(4)
                .jsonPath("$.items[*].index")
                .isEqualTo(List.of(0, 1, 2, 3, 4))
                .jsonPath("$.items[*].status")
                .isEqualTo(List.of(201, 422, 415, 422, 400))
                .jsonPath("$.items[1].problem.code")
                .isEqualTo("empty_file")
                .jsonPath("$.items[2].problem.code")
                .isEqualTo("file_type_not_allowed")
                .jsonPath("$.items[3].problem.code")
                .isEqualTo("unknown_client");
        assertThat(objects()).isEqualTo(objects + 1);
    }

    @Test
    void whereNothingIsGoodTheBatchIsRefused() {
        batch("[{\"user_id\": 123, \"description\": \"\", \"callcopy_id\": 3}]", files(1))
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("batch_refused")
                .jsonPath("$.failed_count")
                .isEqualTo(1)
                .jsonPath("$.items[0].problem.code")
                .isEqualTo("validation_failed");
    }

    @Test
    void filesAreFoundByTheirNamesWhenTheyAreNamed() {
        Map<String, byte[]> files = files(2);
        batch("""
                [{"user_id": 123, "description": "Второй", "callcopy_id": 3, "file_name": "f1.pdf"},
                 {"user_id": 123, "description": "Первый", "callcopy_id": 3, "file_name": "f0.pdf"}]""", files).expectStatus().isCreated();

        assertThat(database.sql("""
                                select v.original_name from document d join document_version v on v.document_id = d.id
                                where d.description = 'Второй'
                                """).mapValue(String.class).one().block()).isEqualTo("f1.pdf");
    }

    @Test
    void documentsAreAddedInTheOrderOfTheBatchAndTheSecondOfTwoIsTheDuplicate() {
        Map<String, byte[]> files = files(12);
        files.put("f7.pdf", files.get("f3.pdf"));
        files.put("f11.pdf", files.get("f0.pdf"));
        Map<String, Object> answer = batch(
                        IntStream.range(0, 12)
                                .mapToObj(
                                        "{\"user_id\": 123, \"description\": \"По порядку %d\", \"callcopy_id\": 3}"
                                                ::formatted)
                                .collect(Collectors.joining(",", "[", "]")),
                        files)
                .expectStatus()
                .isEqualTo(HttpStatus.MULTI_STATUS)
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        List<?> ids = (List<?>) answer.get("document_ids");
        assertThat(ids).hasSize(10).isSorted();
        assertThat(items(answer))
                .extracting(item -> item.get("status"))
                .containsExactly(201, 201, 201, 201, 201, 201, 201, 409, 201, 201, 201, 409);
        assertThat(items(answer))
                .filteredOn(item -> item.get("problem") != null)
                .extracting(item -> ((Map<?, ?>) item.get("problem")).get("duplicate_of"))
                .isEqualTo(List.of(ids.get(3), ids.get(0)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("items");
    }

    @Test
    void aKeyTakesEachDocumentOnce() {
        String key = UUID.randomUUID().toString();
        Map<String, byte[]> files = files(2);
        String documents = """
                [{"user_id": 123, "description": "Раз", "callcopy_id": 3},
                 {"user_id": 123, "description": "Два", "callcopy_id": 3}]""";
        Map<String, Object> first = api.batch(Api.WORKER, key, documents, files)
                .expectStatus()
                .isCreated()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();

        assertThat(api.batch(Api.WORKER, key, documents, files)
                        .expectStatus()
                        .isCreated()
                        .expectHeader()
                        .valueEquals("Idempotency-Hit", "true")
                        .expectBody(Api.OBJECT)
                        .returnResult()
                        .getResponseBody())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"user_id": 123, "description": "x", "callcopy_id": 3}] | 2 | counts_differ
            [{"user_id": 123, "description": "x", "callcopy_id": 3}] | 0 | counts_differ
            []                                                       | 0 | documents_unreadable
            {"documents": []}                                        | 1 | documents_unreadable
            [1]                                                      | 1 | documents_unreadable
            [{"user_id": 1, "user_id": 2}]                           | 1 | documents_unreadable
            [{"user_id": 123, "file_name": "other.pdf"}]             | 1 | file_names_do_not_match
            """)
    void whatIsNoBatchIsRefusedWhole(String documents, int files, String reason) {
        batch(documents, files(files))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("malformed_upload")
                .jsonPath("$.reason")
                .isEqualTo(reason);
    }

    @Test
    void moreThanFiftyAreRefused() {
        String one = "{\"user_id\": 123, \"description\": \"x\", \"callcopy_id\": 3}";
        batch("[" + String.join(",", Collections.nCopies(51, one)) + "]", files(51))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("too_many_files");
    }

    @Test
    void aBatchThatSaysItIsTooLargeIsNotRead() throws IOException {
        try (RawRequest batch = new RawRequest(port)) {
            assertThat(batch.head("/v1/abs/documents/batch", Api.OPERATOR, 220_000_000)
                            .status())
                    .isEqualTo(413);
        }
    }

    /** Eleven files, each small enough, of which nobody knows beforehand how long they are. */
    @Test
    void moreThanTwoHundredMegabytesAreRefusedWhenTheyAreReached() throws IOException {
        long before = objects();
        String one = "{\"user_id\": 123, \"description\": \"x\", \"callcopy_id\": 3}";
        byte[] megabyte = new byte[1 << 20];
        try (RawRequest batch = new RawRequest(port)) {
            batch.head("/v1/abs/documents/batch", Api.OPERATOR, -1)
                    .chunk(part("name=\"documents\"", "application/json"))
                    .chunk(("[" + String.join(",", Collections.nCopies(11, one)) + "]")
                            .getBytes(StandardCharsets.UTF_8));
            try {
                for (int file = 0; file < 11; file++) {
                    batch.chunk(part("name=\"files\"; filename=\"f.pdf\"", "application/pdf"));
                    for (int i = 0; i < 19; i++) {
                        batch.chunk(megabyte);
                    }
                }
                batch.chunk(RawRequest.ending()).write("0\r\n\r\n");
            } catch (IOException refused) {
                // The service has answered and reads no more.
            }

            assertThat(batch.status()).isEqualTo(413);
        }
        assertThat(objects()).isEqualTo(before);
    }

    private static byte[] part(String disposition, String type) {
        return "\r\n--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
                .formatted(RawRequest.BOUNDARY, disposition, type)
                .getBytes(StandardCharsets.UTF_8);
    }

    private long objects() {
        return store.list(ObjectKeys.PREFIX, null).count().block();
    }

    private WebTestClient.ResponseSpec batch(String documents, Map<String, byte[]> files) {
        return api.batch(Api.OPERATOR, null, documents, files);
    }

    private Map<String, byte[]> files(int count) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            files.put("f" + i + ".pdf", FileFixtures.pdfOfSize(300, seed++));
        }
        return files;
    }
}
