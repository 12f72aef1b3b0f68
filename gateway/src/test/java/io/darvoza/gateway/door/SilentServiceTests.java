package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Services that fall silent between the head of their answer and its end. */
@RunningGateway
@DirtiesContext
@TestPropertySource(
        properties = {
            "darvoza.gateway.routing.silence=1s",
            "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=4"
        })
class SilentServiceTests {

    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    @Test
    void aStalledAnswerIsClosedOnBothSidesWithinTheBound() throws Exception {
        var closed = new CompletableFuture<Duration>();
        try (var stalling = stalling("Content-Length: 1000", "the first part", closed)) {
            registry.put("payments-service", stalling.port());

            long start = System.nanoTime();
            assertThatThrownBy(() -> door().get("/v1/payments/orders")).hasCauseInstanceOf(IOException.class);

            assertThat(since(start)).isBetween(BOUND.minusMillis(100), PATIENCE);
            assertThat(closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isBetween(BOUND.minusMillis(100), PATIENCE);
        }
    }

    @Test
    void aStallRightAfterTheHeadIsATimeOutThatTheCallerIsTold() throws Exception {
        try (var stalling = stalling("Content-Length: 1000", "", new CompletableFuture<>())) {
            registry.put("payments-service", stalling.port());

            HttpResponse<String> answer = door().get("/v1/payments/orders");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("\"code\":\"upstream_timeout\"");
        }
    }

    @Test
    void stalledAnswersDoNotUseUpThePool() throws Exception {
        try (var stalling = stalling("Transfer-Encoding: chunked", "5\r\nparts\r\n", new CompletableFuture<>());
                var healthy = new FakeService("egov-service")) {
            registry.put("payments-service", stalling.port());
            registry.put("egov-service", healthy.port());

            for (int round = 0; round < 2; round++) {
                var stalled = IntStream.range(0, 4)
                        .mapToObj(_ -> CompletableFuture.runAsync(() -> door().get("/v1/payments/orders")))
                        .toList();
                assertThat(stalled).allSatisfy(answer -> assertThat(answer).failsWithin(PATIENCE));
            }
            assertThat(door().get("/v1/egov/quick").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatComesInPiecesWithinTheBoundPassesHoweverLongItTakes() {
        try (var service = new FakeService("payments-service")) {
            registry.put("payments-service", service.port());
            service.answers(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 6);
                for (int i = 0; i < 6; i++) {
                    exchange.getResponseBody().write('0' + i);
                    exchange.getResponseBody().flush();
                    Thread.sleep(400);
                }
            });

            assertThat(door().get("/v1/payments/orders").body()).isEqualTo("012345");
        }
    }

    @Test
    void aStreamWithAHeartbeatGoesOn() {
        try (var service = new FakeService("payments-service")) {
            registry.put("payments-service", service.port());
            service.answers(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 6; i++) {
                    exchange.getResponseBody().write(":\n\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    Thread.sleep(400);
                }
                exchange.getResponseBody().write("data: late\n\n".getBytes(StandardCharsets.UTF_8));
            });

            HttpResponse<String> stream = door().getAnonymously("/pay/4f1c/events");

            assertThat(stream.body()).endsWith("data: late\n\n");
        }
    }

    @Test
    void aCallerWhoReadsSlowlyIsNotTakenForASilentService() throws Exception {
        int size = 64 * 1024 * 1024;
        byte[] portion = new byte[64 * 1024];
        try (var service = new FakeService("payments-service");
                var slow = new Socket()) {
            registry.put("payments-service", service.port());
            service.answers(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                exchange.sendResponseHeaders(200, size);
                for (int sent = 0; sent < size; sent += portion.length) {
                    exchange.getResponseBody().write(portion);
                }
            });
            slow.setReceiveBufferSize(32 * 1024);
            slow.connect(new InetSocketAddress("127.0.0.1", port));
            slow.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            slow.getOutputStream()
                    .write("GET /pay/4f1c/receipt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = slow.getInputStream();
            assertThat(in.readNBytes(1024))
                    .asString(StandardCharsets.ISO_8859_1)
                    .startsWith("HTTP/1.1 200");

            Thread.sleep(3 * BOUND.toMillis());

            assertThat(1024 + in.transferTo(OutputStream.nullOutputStream())).isGreaterThan(size);
        }
    }

    @Test
    void aConnectionThatWasIdleBetweenTwoAnswersIsNotSilent() throws Exception {
        try (var service = new FakeService("egov-service")) {
            registry.put("egov-service", service.port());
            assertThat(door().get("/v1/egov/quick").statusCode()).isEqualTo(200);
            Thread.sleep(BOUND.toMillis() - 300);
            service.answers(exchange -> {
                Thread.sleep(600);
                FakeService.send(exchange, 200, "application/json", "{}");
            });

            assertThat(door().get("/v1/egov/quick").statusCode()).isEqualTo(200);
        }
    }

    /** Says a head and a part of the body, then nothing; tells how long it took until the gateway hung up. */
    private static RawService stalling(String framing, String part, CompletableFuture<Duration> closed) {
        return new RawService(connection -> {
            long start = System.nanoTime();
            // Longer than anybody here waits, so that only the gateway can be the one that hangs up.
            connection.setSoTimeout(Math.toIntExact(3 * PATIENCE.toMillis()));
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n\r\n%s"
                            .formatted(framing, part)
                            .getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            try {
                assertThat(connection.getInputStream().read()).isNegative();
                closed.complete(since(start));
            } catch (SocketTimeoutException stillOpen) {
                closed.completeExceptionally(stillOpen);
            }
        });
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Door door() {
        return new Door(port);
    }
}
