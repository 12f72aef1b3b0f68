package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests whose end two servers could see in different places: 400, the connection closed, nothing of it at a service. */
@RunningGateway
class SmugglingTests {

    private static final String SECRET = "GET /v1/payments/admin/secret HTTP/1.1\r\nHost: h\r\n\r\n";

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private FakeService service;

    /** With a breaker that none of the attacks has touched. */
    private FakeService other;

    @BeforeEach
    void startService() {
        service = new FakeService("payments-service");
        registry.put("payments-service", service.port());
        other = new FakeService("egov-service");
        registry.put("egov-service", other.port());
    }

    @AfterEach
    void stopService() {
        service.close();
        other.close();
    }

    static Stream<Arguments> attacks() {
        String chunked = "Transfer-Encoding: chunked\r\n";
        return Stream.of(
                attack("length and chunks", "Content-Length: 4\r\n" + chunked, "0\r\n\r\n" + SECRET),
                attack("chunks and length", chunked + "Content-Length: 4\r\n", "0\r\n\r\n" + SECRET),
                attack("two lengths", "Content-Length: 0\r\nContent-Length: 44\r\n", SECRET),
                attack("two equal lengths", "Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
                attack("list of lengths", "Content-Length: 0, 44\r\n", SECRET),
                attack("signed length", "Content-Length: +2\r\n", "{}"),
                attack("negative length", "Content-Length: -2\r\n", "{}"),
                attack("hexadecimal length", "Content-Length: 0x2\r\n", "{}"),
                attack("length with a space", "Content-Length: 1 2\r\n", "{}"),
                attack("huge length", "Content-Length: 99999999999999999999\r\n", "{}"),
                attack("space before colon", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + SECRET),
                attack("chunked not last", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + SECRET),
                attack("bad chunk size", chunked, "zz\r\n{}\r\n0\r\n\r\n"),
                attack("negative chunk size", chunked, "-2\r\n{}\r\n0\r\n\r\n"),
                attack("chunk size overflow", chunked, "100000000000000002\r\n{}\r\n0\r\n\r\n"),
                attack("chunk longer than said", chunked, "1\r\n{}\r\n0\r\n\r\n"),
                attack("chunk ends in a line feed", chunked, "2\n{}\r\n0\r\n\r\n"),
                attack("null in a header", "X-A: a\0b\r\n", ""),
                attack("carriage return in a header", "X-A: a\rTransfer-Encoding: chunked\r\n", ""),
                attack("header without a name", ": x\r\n", ""),
                attack("space in a header's name", "X A: x\r\n", ""),
                attack("two hosts", "Host: other\r\n", ""));
    }

    private static Arguments attack(String name, String headers, String body) {
        return Arguments.of(name, headers, body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefusedAndTheConnectionClosed(String name, String headers, String body) throws Exception {
        String answer = door().raw(head("POST /pay/4f1c/confirm HTTP/1.1") + headers + "\r\n" + body);

        assertThat(answer).startsWith("HTTP/1.1 400").endsWith("<closed>");
        assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
        Thread.sleep(200);
        assertThat(service.calls())
                .as("neither a hidden request nor half of this one")
                .isEmpty();
    }

    @Test
    void callersWhoBreakOffDoNotOpenTheBreaker() throws Exception {
        for (int i = 0; i < 30; i++) {
            door().raw(head("POST /egov/ajax/verify-iin/ HTTP/1.1")
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n");
        }

        assertThat(door().getAnonymously("/egov/ajax/health/").statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutHostIsRefused() throws IOException {
        assertThat(door().raw("GET /pay/4f1c HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .endsWith("<closed>");
    }

    @Test
    void chunksInHttp10AreRefused() throws IOException {
        assertThat(
                        door().raw(
                                        "POST /pay/4f1c/confirm HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .endsWith("<closed>");
    }

    /** RFC 9112 §5.2 leaves the choice; ours is to unfold, so that no service ever sees a folded line. */
    @Test
    void aFoldedHeaderArrivesUnfolded() throws IOException {
        door().raw(head("GET /egov/ajax/health/ HTTP/1.1")
                + "X-Folded: a\r\n Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");

        assertThat(other.lastCall().headers().get("x-folded")).containsExactly("a Transfer-Encoding: chunked");
        assertThat(other.lastCall().headers()).doesNotContainKey("transfer-encoding");
    }

    @Test
    void twoGoodRequestsInARowGetTwoAnswers() throws IOException {
        String token = "Authorization: Bearer " + TestTokens.shared().user("bank_client", "bank_client") + "\r\n";
        String answer = door().raw(head("POST /v1/egov/verifications HTTP/1.1") + token
                + "Transfer-Encoding: chunked\r\n\r\n" + "2\r\n{}\r\n0\r\n\r\n"
                + head("GET /v1/egov/verifications HTTP/1.1") + token + "\r\n");

        assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(3);
        assertThat(other.calls()).hasSize(2);
        assertThat(other.calls().getFirst().bodyLength()).isEqualTo(2);
    }

    @Test
    void aHeadAboveTheLimitIs431() throws IOException {
        assertThat(door().raw(head("GET /pay/4f1c HTTP/1.1") + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .endsWith("<closed>");
    }

    private static String head(String line) {
        return line + "\r\nHost: h\r\n";
    }

    private Door door() {
        return new Door(port);
    }
}
