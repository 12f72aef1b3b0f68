package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLineTests {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> answer(exchange, true));
        server.createContext("/chunks", exchange -> answer(exchange, false));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsAnswersOfBothKindsOnOneConnection() {
        try (var line = new HttpLine(server.getAddress().getPort())) {
            var first = line.send("POST", "/echo", Map.of("If-Match", "\"3\""), "{\"uid\":\"ё-1\"}");
            var second = line.send("POST", "/chunks", Map.of(), "{\"uid\":\"2\"}");

            assertThat(first.status()).isEqualTo(201);
            assertThat(first.headers()).containsEntry("etag", "\"3\"");
            assertThat(first.member("uid")).isEqualTo("ё-1");
            assertThat(second.headers()).containsKey("transfer-encoding");
            assertThat(second.member("uid")).isEqualTo("2");
        }
    }

    @Test
    void anAnswerWithoutABodyIsWhole() {
        try (var line = new HttpLine(server.getAddress().getPort())) {
            assertThat(line.send("POST", "/echo", Map.of(), "").body()).isEmpty();
            assertThat(line.send("GET", "/echo", Map.of(), "").body()).isEmpty();
            assertThat(line.send("POST", "/echo", Map.of(), "{}").body()).isEqualTo("{}");
        }
    }

    private static void answer(HttpExchange exchange, boolean withLength) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var match = exchange.getRequestHeaders().getFirst("If-Match");
        if (match != null) {
            exchange.getResponseHeaders().set("ETag", match);
        }
        exchange.sendResponseHeaders(201, withLength ? (body.length == 0 ? -1 : body.length) : 0);
        try (var out = exchange.getResponseBody()) {
            out.write(new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        }
    }
}
