package io.darvoza.egov.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import io.darvoza.egov.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of an upstream that means ill. */
class UpstreamTricksIT extends Scene {

    private static final byte[] PERSON =
            "[{\"iin\":\"%s\",\"full_name\":\"A\",\"status\":\"valid\"}]".getBytes(StandardCharsets.UTF_8);

    /** A bomb of a thousand to one. */
    private static final byte[] BOMB = gzip(new byte[30_000_000]);

    private static Stream<Arguments> tricks() {
        return Stream.of(
                trick("a plain body that calls itself compressed", "Content-Encoding", "gzip", PERSON),
                trick("thirty megabytes in thirty kilobytes", "Content-Encoding", "gzip", BOMB),
                trick("eleven megabytes", "X-Nothing", "x", new byte[11_000_000]),
                trick(
                        "another encoding than JSON has",
                        "Content-Type",
                        "application/json; charset=utf-7",
                        "[+AHs-]".getBytes(StandardCharsets.US_ASCII)),
                trick("no UTF-8", "Content-Type", "application/json", new byte[] {'[', '"', (byte) 0xC3, 0x28, '"', ']'
                }),
                trick(
                        "depth",
                        "Content-Type",
                        "application/json",
                        "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII)),
                trick(
                        "a long number",
                        "Content-Type",
                        "application/json",
                        ("[{\"iin\":" + "9".repeat(100_000) + "}]").getBytes(StandardCharsets.US_ASCII)),
                trick("headers without end", "X-Long", "x".repeat(100_000), PERSON),
                trick("nothing", "Content-Type", "application/json", new byte[0]));
    }

    private static Arguments trick(String name, String header, String value, byte[] body) {
        return Arguments.of(name, header, value, body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void aTrickOfTheUpstreamIsAMappedFailure(String name, String header, String value, byte[] body) {
        PORTAL.behave((call, _) -> {
            call.getResponseHeaders().set(header, value);
            call.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
            call.close();
        });

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).as(reply.text()).isIn(502, 504);
        assertThat(reply.word("reason")).isIn("UPSTREAM_FORMAT", "UPSTREAM_ERROR");
        assertThat(reply.text()).doesNotContain("Exception", "netty", "io.darvoza", Portal.KEY);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        var lured = new AtomicInteger();
        HttpServer trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trap.createContext("/", call -> {
            lured.incrementAndGet();
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        trap.start();
        try {
            PORTAL.behave((call, _) -> {
                call.getResponseHeaders()
                        .set("Location", "http://127.0.0.1:" + trap.getAddress().getPort() + "/");
                call.sendResponseHeaders(302, -1);
                call.close();
            });

            assertThat(http.iin(fresh()).word("reason")).isEqualTo("UPSTREAM_FORMAT");
            assertThat(lured).hasValue(0);
        } finally {
            trap.stop(0);
        }
    }

    @Test
    void headersOfTheUpstreamGoNoFurther() {
        PORTAL.behave((call, number) -> {
            call.getResponseHeaders().set("Set-Cookie", "darvoza_session=stolen");
            call.getResponseHeaders().set("X-Trick", "trick");
            call.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            Portal.person(call, number);
        });

        Reply reply = http.iin(fresh());

        assertThat(reply.word("status")).isEqualTo("verified");
        assertThat(reply.headers().map().keySet())
                .doesNotContain("set-cookie", "x-trick", "access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "99999999999999999999", "1e9", "soon", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void aRestThatMakesNoSenseIsNotTaken(String retryAfter) {
        PORTAL.behave((call, _) -> {
            call.getResponseHeaders().set("Retry-After", retryAfter);
            Portal.reply(call, 429, "text/plain", "slowly");
        });

        Reply reply = http.iin(fresh());

        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_RATE");
        assertThat(Integer.parseInt(reply.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 300);
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
