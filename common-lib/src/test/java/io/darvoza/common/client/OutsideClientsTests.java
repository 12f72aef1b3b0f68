package io.darvoza.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

class OutsideClientsTests {

    /** Shorter than the time-out of calls by default, so that only the one under test can end a call. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AtomicInteger calls = new AtomicInteger();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        logger().detachAppender(lines);
    }

    @Test
    void repeatsAGetThatFoundTheSystemDownAndGivesItsLastFault() {
        answer(503, "down");
        with(client -> assertThatThrownBy(() -> call(client, HttpMethod.GET))
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class));
        assertThat(calls).hasValue(3);
    }

    @Test
    void givesTheAnswerThatARepeatedCallGot() {
        server.createContext("/", exchange -> send(exchange, calls.incrementAndGet() < 3 ? 502 : 200, "up again"));
        with(client -> assertThat(call(client, HttpMethod.GET)).isEqualTo("up again"));
    }

    @Test
    void neverRepeatsAPost() {
        answer(503, "down");
        with(client ->
                assertThatThrownBy(() -> call(client, HttpMethod.POST)).isInstanceOf(WebClientResponseException.class));
        assertThat(calls).hasValue(1);
    }

    @Test
    void repeatsNoCallThatTheOtherSideUnderstoodAndRefused() {
        answer(409, "conflict");
        with(client -> assertThatThrownBy(() -> call(client, HttpMethod.GET))
                .isInstanceOf(WebClientResponseException.Conflict.class));
        assertThat(calls).hasValue(1);
    }

    @Test
    void endsACallToASilentSystemInTime() {
        server.createContext("/", _ -> await(PATIENCE));
        with(
                client -> assertThatThrownBy(() -> call(client, HttpMethod.GET))
                        .isInstanceOf(WebClientRequestException.class),
                "retries=0",
                "response-timeout=200ms");
    }

    @Test
    void endsACallWhoseBodyOnlyDrips() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await(Duration.ofMillis(50));
            }
        });
        long start = System.nanoTime();
        with(
                client -> assertThatThrownBy(() -> call(client, HttpMethod.GET))
                        .isInstanceOf(WebClientRequestException.class),
                "retries=0",
                "response-timeout=1s",
                "call-timeout=400ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void takesNoLargerBodyThanAllowed() {
        answer(200, "x".repeat(2000));
        with(
                client -> assertThatThrownBy(() -> call(client, HttpMethod.GET))
                        .hasStackTraceContaining("DataBufferLimitException"),
                "max-response-size=1KB");
        assertThat(calls).hasValue(1);
    }

    @Test
    void refusesCallsAtOnceWhileTheSystemIsDownAndTriesAgainLater() {
        AtomicInteger status = new AtomicInteger(503);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            send(exchange, status.get(), "state");
        });
        with(
                client -> {
                    for (int i = 0; i < 4; i++) {
                        assertThatThrownBy(() -> call(client, HttpMethod.POST))
                                .isInstanceOf(WebClientResponseException.class);
                    }
                    assertThatThrownBy(() -> call(client, HttpMethod.POST))
                            .isInstanceOf(CallNotPermittedException.class);
                    assertThat(calls).hasValue(4);
                    status.set(200);
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .ignoreExceptionsInstanceOf(CallNotPermittedException.class)
                            .until(() -> call(client, HttpMethod.POST).equals("state"));
                },
                "breaker.window=16",
                "breaker.open-for=300ms");
    }

    @Test
    void holdsNoMoreConnectionsAndWaitersThanAllowed() {
        server.createContext("/", _ -> await(PATIENCE));
        with(
                client -> {
                    var first = client.get()
                            .uri("/")
                            .retrieve()
                            .bodyToMono(String.class)
                            .toFuture();
                    assertThatThrownBy(() -> call(client, HttpMethod.GET))
                            .isInstanceOf(WebClientRequestException.class);
                    first.cancel(true);
                },
                "connections=1",
                "acquire-timeout=100ms",
                "retries=0");
    }

    @Test
    void logsEachTryWithoutWhatMayBePersonal() {
        answer(200, "ok");
        with(client -> client.get()
                .uri("/people/{iin}/passport?name={name}", "900101300123", "Ivanov")
                .retrieve()
                .bodyToMono(String.class)
                .block(PATIENCE));
        assertThat(messages())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "tested GET 127.0.0.1:" + server.getAddress().getPort() + "/people/{iin}/passport 200 ")
                        .doesNotContain("900101300123", "Ivanov", "secret"));
    }

    @Test
    void logsAFaultWithoutTheAddressThatItsMessageHolds() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        with(client -> assertThatThrownBy(() -> client.get()
                        .uri("http://127.0.0.1:" + free + "/people/{iin}", "900101300123")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block(PATIENCE))
                .isInstanceOf(WebClientRequestException.class));
        assertThat(messages())
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("/people/{iin} failed after").doesNotContain("900101300123"));
    }

    @Test
    void refusesSettingsOutOfBounds() {
        runner("retries=100").run(failed -> assertThat(failed).hasFailed());
    }

    @Test
    void leavesTheClientsToTheApplication() {
        OutsideClients own = new OutsideClients(new OutsideClientProperties(Map.of()), null, null);
        runner().withBean(OutsideClients.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(OutsideClients.class)).isSameAs(own));
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            send(exchange, status, body);
        });
    }

    private void await(Duration atMost) {
        try {
            boolean _ = end.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Use {
        void with(WebClient client);
    }

    private void with(Use use, String... settings) {
        runner(settings)
                .run(context -> use.with(context.getBean(OutsideClients.class).build("tested")));
    }

    private ReactiveWebApplicationContextRunner runner(String... settings) {
        var runner = new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(OutsideClientsAutoConfiguration.class, WebClientAutoConfiguration.class))
                .withPropertyValues(
                        "darvoza.clients.tested.base-url=http://user:secret@127.0.0.1:"
                                + server.getAddress().getPort(),
                        "darvoza.clients.tested.retry-delay=5ms");
        for (String setting : settings) {
            runner = runner.withPropertyValues("darvoza.clients.tested." + setting);
        }
        return runner;
    }

    private static String call(WebClient client, HttpMethod method) {
        return client.method(method)
                .uri("/")
                .retrieve()
                .bodyToMono(String.class)
                .block(PATIENCE);
    }

    private static void send(HttpExchange exchange, int status, String body) {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(OutsideClients.class);
    }
}
