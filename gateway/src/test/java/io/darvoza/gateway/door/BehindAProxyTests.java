package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The gateway as it stands in production: a proxy before it ends https, and a front lives on another origin. */
@RunningGateway
@TestPropertySource(
        properties = {
            "darvoza.public-url=https://gate.test",
            "darvoza.gateway.hygiene.trusted-proxies=127.0.0.1",
            "darvoza.gateway.hygiene.cors.allowed-origins=https://app.test"
        })
class BehindAProxyTests {

    private static final String APP = "https://app.test";
    private static final String PATH = "/v1/payments/orders";

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private FakeService service;

    @BeforeEach
    void startService() {
        service = new FakeService("payments-service");
        registry.put("payments-service", service.port());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void theCallersAddressIsTheOneThatTheProxySaw() {
        door().get(PATH, "X-Forwarded-For", "6.6.6.6, 198.51.100.4");

        assertThat(service.lastCall().headers().get("x-forwarded-for")).containsExactly("198.51.100.4");
    }

    @Test
    void browsersAreToldToStayWithHttps() {
        assertThat(door().get(PATH).headers().firstValue("Strict-Transport-Security"))
                .hasValueSatisfying(value -> assertThat(value).contains("max-age="));
    }

    @Test
    void aPreflightOfTheFrontPassesWithoutAToken() {
        HttpResponse<String> answer = preflight(APP, PATH, "PATCH", "authorization, if-match");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("PATCH"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Max-Age")).hasValue("600");
    }

    @Test
    void theFrontReadsAnswersAndRefusals() {
        assertThat(door().get(PATH, "Origin", APP).headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(APP);
        HttpResponse<String> refusal = door().getAnonymously(PATH, "Origin", APP);
        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
        assertThat(refusal.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(names -> assertThat(names).contains("ETag", "RateLimit"));
    }

    @Test
    void anotherOriginAnotherMethodAndAnotherPathPassNot() {
        assertThat(preflight("https://evil.test", PATH, "GET", "authorization").statusCode())
                .isEqualTo(403);
        assertThat(preflight(APP, PATH, "TRACE", "authorization").statusCode()).isEqualTo(403);
        assertThat(preflight(APP, PATH, "GET", "x-user-id").headers().firstValue("Access-Control-Allow-Headers"))
                .isEmpty();
        assertThat(door().getAnonymously("/", "Origin", APP).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** The proxy speaks plain http to the gateway, so to Spring our own pages would be of another origin. */
    @Test
    void ourOwnPagesMaySendForms() {
        HttpResponse<String> answer = door().post(PATH, BodyPublishers.ofString("{}"), "Origin", "https://gate.test");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** Allowed by nobody here, and not the allowed front's either: egov alone decides, and its word arrives as it is. */
    @Test
    void egovAnswersForTheOriginsOfItsFormsItself() {
        try (var egov = new FakeService("egov-service")) {
            registry.put("egov-service", egov.port());
            egov.answers(exchange -> {
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "https://forms.test");
                FakeService.send(exchange, 204, "application/json", "");
            });

            HttpResponse<String> answer =
                    preflight("https://forms.test", "/egov/ajax/verify-iin/", "POST", "content-type, x-embed-token");

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("https://forms.test");
            assertThat(egov.lastCall().method()).isEqualTo("OPTIONS");
            assertThat(egov.lastCall().headers().get("access-control-request-headers"))
                    .containsExactly("content-type, x-embed-token");

            egov.answers(exchange -> FakeService.send(exchange, 403, "application/json", "{}"));
            HttpResponse<String> refused = preflight(APP, "/egov/ajax/verify-iin/", "POST", "content-type");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(egov.calls()).hasSize(2);

            preflight("https://forms.test", "/v1/egov/verify/iin", "POST", "content-type");
            assertThat(egov.calls()).as("other paths are the gateway's").hasSize(2);
        }
    }

    private HttpResponse<String> preflight(String origin, String path, String method, String headers) {
        return door().send(
                        "OPTIONS",
                        path,
                        BodyPublishers.noBody(),
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        headers);
    }

    private Door door() {
        return new Door(port);
    }
}
