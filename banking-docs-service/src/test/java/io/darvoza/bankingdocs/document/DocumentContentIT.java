package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class DocumentContentIT {

    private static final byte[] PDF = FileFixtures.pdfOfSize(10_000, 5);

    @LocalServerPort
    int port;

    private Api api;
    private String uri;

    @BeforeEach
    void add() {
        api = new Api(port);
        String id = api.added(
                        Api.CLIENT, "{\"description\": \"Скан\", \"callcopy_id\": 1, \"allow_duplicate\": true}", PDF)
                .get("document_id")
                .toString();
        uri = "/v1/abs/documents/" + id + "/content";
    }

    @Test
    void comesWholeAndSafe() {
        api.getting(Api.WORKER, uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/pdf")
                .expectHeader()
                .contentLength(PDF.length)
                .expectHeader()
                .valueEquals(HttpHeaders.ACCEPT_RANGES, "bytes")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Content-Security-Policy", "sandbox; default-src 'none'")
                .expectHeader()
                .valueMatches(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"document-[0-9]+\\.pdf\"; filename\\*=UTF-8''scan\\.pdf")
                .expectBody()
                .consumeWith(body -> assertThat(body.getResponseBody()).isEqualTo(PDF));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=100-199, 100, 199",
        "bytes=9000-, 9000, -1",
        "bytes=-50, -50, -1",
        "bytes=10-99999999, 10, -1"
    })
    void comesByRange(String range, int first, int last) {
        int from = first < 0 ? PDF.length + first : first;
        int to = last < 0 ? PDF.length - 1 : last;

        ranged(range)
                .expectStatus()
                .isEqualTo(HttpStatus.PARTIAL_CONTENT)
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, to, PDF.length))
                .expectHeader()
                .contentLength(to - from + 1)
                .expectBody()
                .consumeWith(
                        body -> assertThat(body.getResponseBody()).isEqualTo(Arrays.copyOfRange(PDF, from, to + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=99999999-", "bytes=-0"})
    void saysWhatThereIsForARangeOutside(String range) {
        ranged(range)
                .expectStatus()
                .isEqualTo(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_RANGE, "bytes */" + PDF.length)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("range_not_satisfiable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "lines=1-2", "nonsense", "bytes=0-1,5-9"})
    void comesWholeForWhatIsNoSingleRange(String range) {
        ranged(range).expectStatus().isOk().expectHeader().contentLength(PDF.length);
    }

    @Test
    void isNotSentAgainToWhoeverHasIt() {
        String etag = api.getting(Api.CLIENT, uri)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();

        api.getting(Api.CLIENT, uri)
                .header(HttpHeaders.IF_NONE_MATCH, etag)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        api.getting(Api.CLIENT, uri)
                .header(HttpHeaders.RANGE, "bytes=0-9")
                .header(HttpHeaders.IF_RANGE, etag)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.PARTIAL_CONTENT);
        api.getting(Api.CLIENT, uri)
                .header(HttpHeaders.RANGE, "bytes=0-9")
                .header(HttpHeaders.IF_RANGE, "\"other\"")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private WebTestClient.ResponseSpec ranged(String range) {
        return api.getting(Api.WORKER, uri).header(HttpHeaders.RANGE, range).exchange();
    }
}
