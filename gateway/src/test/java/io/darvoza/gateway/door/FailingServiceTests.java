package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Each test has a service of its own, so that no breaker opens for another test. */
@RunningGateway
@DirtiesContext
@TestPropertySource(
        properties = {
            "darvoza.gateway.routing.breaker.open-for=500ms",
            "darvoza.gateway.routing.services.banking-docs.response-timeout=400ms",
            "darvoza.gateway.routing.services.payments.response-timeout=400ms",
            "darvoza.gateway.routing.services.egov.response-timeout=400ms"
        })
class FailingServiceTests {

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stopServices() throws Exception {
        for (AutoCloseable service : running) {
            service.close();
        }
    }

    @Test
    void aServiceWithoutAnInstanceIsUnavailable() {
        registry.put("gosuslugi-service");

        assertProblem(door().get("/v1/gosuslugi/orders"), 503, "service_unavailable");
    }

    @Test
    void aDeadInstanceIsUnavailable() {
        registry.put("gosuslugi-service", RawService.deadPort());

        HttpResponse<String> answer = door().get("/v1/gosuslugi/orders");
        assertProblem(answer, 503, "service_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertProblem(post("/v1/gosuslugi/orders/7/cancel"), 503, "service_unavailable");
    }

    @Test
    void aReadFindsTheInstanceThatLives() {
        FakeService alive = running(new FakeService("gosuslugi-service"));
        registry.put("gosuslugi-service", RawService.deadPort(), alive.port());

        for (int i = 0; i < 6; i++) {
            assertThat(door().get("/v1/gosuslugi/orders").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aHangingServiceTimesOut() {
        RawService hanging = running(new RawService(RawService.HANG));
        registry.put("payments-service", hanging.port());

        long start = System.nanoTime();
        assertProblem(door().get("/v1/payments/orders"), 504, "upstream_timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
        assertProblem(post("/v1/payments/orders"), 504, "upstream_timeout");
        assertThat(hanging.requests()).as("a time-out is not repeated").isEqualTo(2);
    }

    @Test
    void aSlowServiceTimesOutAndAQuickAnswerStillPasses() {
        FakeService slow = running(new FakeService("egov-service"));
        registry.put("egov-service", slow.port());
        slow.answers(exchange -> {
            Thread.sleep(exchange.getRequestURI().getPath().endsWith("slow") ? 1500 : 50);
            FakeService.send(exchange, 200, "application/json", "{}");
        });

        assertProblem(door().get("/v1/egov/slow"), 504, "upstream_timeout");
        assertThat(door().get("/v1/egov/quick").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsNotHttpIsABadGateway() {
        registry.put(
                "identification-service",
                running(new RawService(RawService.say("hello, what?\r\n\r\n"))).port());

        assertProblem(door().get("/v1/identification/links"), 502, "upstream_failed");
    }

    @Test
    void aReadWhoseConnectionBreaksIsRepeatedAndAnotherRequestNever() {
        RawService closing = running(new RawService(RawService.CLOSE));
        registry.put("identification-service", closing.port());

        assertProblem(post("/v1/identification/links"), 502, "connection_lost");
        assertThat(closing.requests()).isEqualTo(1);
        assertProblem(door().get("/v1/identification/links"), 502, "connection_lost");
        assertThat(closing.requests()).as("one try and two more").isEqualTo(4);
    }

    @Test
    void aKeptConnectionThatWasClosedMeanwhileRepeatsNoPost() throws Exception {
        RawService once = running(new RawService(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes());
            connection.getOutputStream().flush();
            connection.getInputStream().read();
            connection.setSoLinger(true, 0);
        }));
        registry.put("banking-docs-service", once.port());

        for (int i = 0; i < 5; i++) {
            assertThat(post("/v1/sm/contracts").statusCode()).isIn(200, 502);
        }
        assertThat(once.requests()).isLessThanOrEqualTo(5);
    }

    @Test
    void aServicesOwnProblemPassesUnchanged() {
        FakeService service = running(new FakeService("gosuslugi-service"));
        registry.put("gosuslugi-service", service.port());
        String problem = "{\"type\":\"/docs/problems/epgu_unavailable\",\"status\":503,\"code\":\"epgu_unavailable\"}";
        service.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "30");
            FakeService.send(exchange, 503, "application/problem+json", problem);
        });

        for (int i = 0; i < 30; i++) {
            HttpResponse<String> answer = door().get("/v1/gosuslugi/orders");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).as("the breaker stays closed").isEqualTo(problem);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        }
    }

    @Test
    void theBreakerOpensForAGoneServiceAndClosesWhenItIsBack() throws Exception {
        RawService hanging = running(new RawService(RawService.HANG));
        registry.put("payments-service", hanging.port());
        HttpResponse<String> answer;
        int before;
        long start;
        int asked = 0;
        // It is open for half a second only: what counts is the first call that it answers.
        do {
            before = hanging.requests();
            start = System.nanoTime();
            answer = door().get("/v1/payments/orders");
        } while (answer.statusCode() == 504 && ++asked < 20);

        assertProblem(answer, 503, "service_unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(350));
        assertThat(hanging.requests()).as("an open breaker asks nobody").isEqualTo(before);

        registry.put(
                "payments-service", running(new FakeService("payments-service")).port());
        Thread.sleep(600);
        for (int i = 0; i < 10; i++) {
            assertThat(door().get("/v1/payments/orders").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStreamHasNoTimeOut() {
        FakeService service = running(new FakeService("payments-service"));
        registry.put("payments-service", service.port());
        service.answers(exchange -> {
            Thread.sleep(900);
            FakeService.send(exchange, 200, "text/event-stream", "data: late\n\n");
        });

        assertThat(door().getAnonymously("/pay/4f1c/events").body()).isEqualTo("data: late\n\n");
    }

    private <S extends AutoCloseable> S running(S service) {
        running.add(service);
        return service;
    }

    private HttpResponse<String> post(String path) {
        return door().post(path, BodyPublishers.ofString("{}"), "Content-Type", "application/json");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"type\":\"/docs/problems/" + code);
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
    }

    private Door door() {
        return new Door(port);
    }
}
