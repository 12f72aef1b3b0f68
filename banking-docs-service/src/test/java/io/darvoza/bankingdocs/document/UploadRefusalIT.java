package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.bankingdocs.upload.UploadProperties;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.StoredObject;
import io.darvoza.common.reactive.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Whatever goes wrong with an upload: the right answer, and afterwards no object, no row and no file on disk. */
@RealService
@TestPropertySource(
        properties = {
            "darvoza.banking-docs.upload.idle-timeout=700ms",
            "darvoza.banking-docs.upload.total-timeout=3s",
            "darvoza.banking-docs.upload.parallel=2",
            "darvoza.banking-docs.upload.waiting=1",
            "darvoza.banking-docs.upload.wait-timeout=300ms",
            "darvoza.banking-docs.documents.max-bytes-per-client=2MB"
        })
class UploadRefusalIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String METADATA = "{\"description\": \"Договор\", \"callcopy_id\": 1}";

    @LocalServerPort
    int port;

    @Autowired
    ObjectStore store;

    @Autowired
    DatabaseClient database;

    @Autowired
    UploadProperties uploads;

    private Api api;
    private List<String> before;

    @BeforeEach
    void remember() {
        api = new Api(port);
        before = everything();
    }

    @AfterEach
    void nothingIsLeft() {
        eventually("no file on disk", () -> spooled().isEmpty());
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"callcopy_id\": 1}', 400, validation_failed",
        "'{\"description\": \" \", \"callcopy_id\": 1}', 400, validation_failed",
        "'{\"description\": \"a\"}', 400, validation_failed",
        "'{\"description\": \"a\", \"callcopy_id\": 77}', 400, validation_failed",
        "'{\"description\": \"a\", \"category\": \"Нет такой\"}', 400, validation_failed",
        "'{\"description\": \"a\", \"category\": \"Финансы\", \"callcopy_id\": 1}', 400, validation_failed",
        "'{\"description\": \"a\", \"callcopy_id\": 1, \"checksum_sha256\": \"xyz\"}', 400, validation_failed",
        "'{\"description\": \"a\", \"callcopy_id\": 1, \"unknown\": 1}', 400, malformed_request",
        "'{\"description\": \"a\", \"description\": \"b\", \"callcopy_id\": 1}', 400, malformed_request",
        "'{\"description\": \"a\", \"callcopy_id\": \"eins\"}', 400, malformed_request",
        "'{\"description\": \"a\"', 400, malformed_request",
        "'{\"description\": \"a\", \"callcopy_id\": 1, \"actual_date\": \"2026-02-01\","
                + " \"actual_end_date\": \"2026-01-01\"}', 400, validation_failed",
        "'{\"description\": \"a\", \"callcopy_id\": 1, \"checksum_sha256\":"
                + " \"0000000000000000000000000000000000000000000000000000000000000000\"}', 422, checksum_mismatch",
    })
    void refusesBadMetadata(String metadata, int status, String code) {
        expect(api.upload(Api.CLIENT, metadata, "scan.pdf", FileFixtures.pdf()), status, code);
    }

    @Test
    void refusesFilesThatItDoesNotTake() {
        expect(upload("scan.pdf", new byte[0]), 422, "empty_file");
        expect(upload("scan.pdf", "just text".getBytes()), 415, "file_type_not_allowed");
        expect(upload("scan.docx", FileFixtures.pdf()), 422, "file_type_mismatch");
        expect(upload("../scan.pdf", FileFixtures.pdf()), 422, "file_refused");
        expect(upload("scan\u202Efdp.pdf", FileFixtures.pdf()), 422, "file_refused");
        expect(upload("scan.pdf", Arrays.copyOf(FileFixtures.pdfOfSize(9000, 1), 5000)), 422, "file_refused");
    }

    @Test
    void refusesAFileAboveTheLimitHoweverItIsSent() throws IOException {
        byte[] large = new byte[20 * 1024 * 1024 + 1];
        System.arraycopy("%PDF-".getBytes(), 0, large, 0, 5);
        expect(upload("scan.pdf", large), 413, "content_too_large");

        try (RawRequest chunked = new RawRequest(port).head(Api.CLIENT, -1)) {
            chunked.chunk(RawRequest.opening(METADATA));
            assertThat(writeUntilAnswered(chunked, new byte[1 << 20], 25)).isEqualTo(413);
        }
        try (RawRequest announced = new RawRequest(port).head(Api.CLIENT, 1L << 30)) {
            assertThat(announced.status()).isEqualTo(413);
        }
    }

    /** The server may close while the rest is still being sent; the answer is there all the same. */
    private static int writeUntilAnswered(RawRequest request, byte[] chunk, int times) throws IOException {
        try {
            for (int i = 0; i < times; i++) {
                request.chunk(chunk);
            }
        } catch (IOException closed) {
            // Then the answer was sent before.
        }
        return request.status();
    }

    @Test
    void refusesMissingRepeatedMisplacedAndUnknownParts() {
        byte[] pdf = FileFixtures.pdf();
        expect(parts("file", pdf), 400, "malformed_upload");
        expect(parts("metadata", METADATA), 400, "malformed_upload");
        expect(parts("file", pdf, "metadata", METADATA), 400, "malformed_upload");
        expect(parts("metadata", METADATA, "metadata", METADATA, "file", pdf), 400, "malformed_upload");
        expect(parts("metadata", METADATA, "file", pdf, "file", pdf), 400, "malformed_upload");
        expect(parts("metadata", METADATA, "extra", "x", "file", pdf), 400, "malformed_upload");
        expect(parts("metadata", "x".repeat(70_000), "file", pdf), 413, "content_too_large");
    }

    @Test
    void refusesABodyThatBreaksOff() throws IOException {
        byte[] body =
                FileFixtures.join(RawRequest.opening(METADATA), FileFixtures.pdfOfSize(50_000, 2), RawRequest.ending());
        for (int kept : new int[] {10, 100, 300, 5_000, 9_000, 20_000, 33_000, 40_000, body.length - 4}) {
            try (RawRequest cut = new RawRequest(port).head(Api.CLIENT, kept)) {
                assertThat(cut.write(Arrays.copyOf(body, kept)).status())
                        .as("the first %d bytes of %d", kept, body.length)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void refusesWhatIsNoMultipart() {
        api.postJson(Api.CLIENT, "{}").expectStatus().isEqualTo(415);
    }

    @Test
    void doesNotWaitForASlowClient() throws IOException {
        try (RawRequest silent = new RawRequest(port).head(Api.CLIENT, 100_000)) {
            assertThat(silent.write(RawRequest.opening(METADATA)).status()).isEqualTo(408);
        }
        try (RawRequest dripping = new RawRequest(port).head(Api.CLIENT, 100_000)) {
            dripping.write(RawRequest.opening(METADATA));
            try {
                for (int i = 0; i < 12; i++) {
                    dripping.write(new byte[] {'x'});
                    pause(400);
                }
            } catch (IOException closed) {
                // The answer was sent before.
            }
            assertThat(dripping.status()).isEqualTo(408);
        }
    }

    @Test
    void forgetsAClientThatIsGone() throws IOException {
        try (RawRequest gone = new RawRequest(port).head(Api.CLIENT, 1_000_000)) {
            gone.write(RawRequest.opening(METADATA)).write(new byte[200_000]);
            eventually("a file on disk", () -> !spooled().isEmpty());
            gone.reset();
        }
    }

    @Test
    void tellsClientsToComeBackWhenTooManyUpload() throws IOException {
        try (RawRequest first = new RawRequest(port).head(Api.CLIENT, 100_000);
                RawRequest second = new RawRequest(port).head(Api.CLIENT, 100_000)) {
            first.write(RawRequest.opening(METADATA));
            second.write(RawRequest.opening(METADATA));
            eventually("both places taken", () -> spooled().size() == 2);
            expect(upload("scan.pdf", FileFixtures.pdf()), 503, "uploads_busy");
        }
    }

    @Test
    void keepsWithinTheQuota() {
        expect(upload("scan.pdf", FileFixtures.pdfOfSize(2_100_000, 3)), 409, "upload_quota_exceeded");
    }

    @Test
    void leavesNothingOfAnUploadUnderAKeyThatWasRefused() {
        String key = UUID.randomUUID().toString();
        expect(api.upload(Api.CLIENT, key, METADATA, "scan.pdf", new byte[0]), 422, "empty_file");
        expect(api.upload(Api.CLIENT, key, METADATA, "scan.pdf", "text".getBytes()), 415, "file_type_not_allowed");
    }

    private WebTestClient.ResponseSpec upload(String name, byte[] content) {
        return api.upload(Api.CLIENT, METADATA, name, content);
    }

    private WebTestClient.ResponseSpec parts(Object... namesAndContents) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            String name = (String) namesAndContents[i];
            switch (namesAndContents[i + 1]) {
                case byte[] file -> body.part(name, Api.file("scan.pdf", file));
                case Object text -> body.part(name, text, MediaType.APPLICATION_JSON);
            }
        }
        return api.post(Api.CLIENT, null, body.build());
    }

    private static void expect(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    /** Objects in the store, and rows. */
    private List<String> everything() {
        List<String> objects =
                Await.within(store.list("", null).map(StoredObject::key).collectList(), BOUND);
        List<String> rows =
                Await.within(database.sql("""
                                select 'document ' || id from document union all
                                select 'version ' || storage_key from document_version union all
                                select 'stat ' || id from stat union all
                                select 'idempotency' from idempotency union all
                                select 'event' from outbox_event order by 1
                                """).mapValue(String.class).all().collectList(), BOUND);
        return Stream.concat(objects.stream(), rows.stream()).toList();
    }

    private List<Path> spooled() {
        try (Stream<Path> files = Files.list(uploads.spoolDirectory())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void eventually(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            pause(50);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
