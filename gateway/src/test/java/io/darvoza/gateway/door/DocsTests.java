package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.contract.Contracts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Documents for programmers and the first page, as an anonymous caller finds them. */
@RunningGateway
@TestPropertySource(properties = "darvoza.gateway.docs.refresh=100ms")
class DocsTests {

    private static final String[] AS_BROWSER = {"Accept", "text/html", "Accept-Language", "en"};

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices services;

    private Door door;

    @BeforeEach
    void door() {
        door = new Door(port);
    }

    @Test
    void showsWhatAStoppedServiceLastSaidOfItsApi() throws InterruptedException {
        try (FakeService service = new FakeService("payments")) {
            services.put("payments-service", service.port());
            assertThat(door.getAnonymously("/docs/openapi/payments-service").body())
                    .isEqualTo("{\"service\":\"payments\"}");
            assertThat(service.lastCall().uri()).isEqualTo("/v3/api-docs");
        }
        services.put("payments-service");
        Thread.sleep(200);

        HttpResponse<String> afterwards = door.getAnonymously("/docs/openapi/payments-service");

        assertThat(afterwards.statusCode()).isEqualTo(200);
        assertThat(afterwards.body()).isEqualTo("{\"service\":\"payments\"}");
    }

    @Test
    void saysThatAServiceWasNeverSeenAndThatThereIsNoSuchService() {
        HttpResponse<String> unseen = door.getAnonymously("/docs/openapi/egov-service");
        assertThat(unseen.statusCode()).isEqualTo(503);
        assertThat(unseen.body()).contains("api_description_unavailable");
        assertThat(door.getAnonymously("/docs/openapi/keycloak").statusCode()).isEqualTo(404);
    }

    @Test
    void describesTheGatewaysOwnOperations() {
        HttpResponse<String> own = door.getAnonymously("/docs/openapi/gateway");

        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.body())
                .contains("\"/v1/events\"", "\"/versions\"", "\"/v1/me\"")
                .doesNotContain("\"/docs\"");
    }

    @Test
    void theGatewaysOwnDescriptionIsTheCommittedOne() {
        String own = door.getAnonymously("/docs/openapi/gateway").body();

        Contracts.openApi("gateway", own.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger?api=payments-service", "/docs/redoc?api=payments-service"})
    void givesTheViewersAPolicyOfTheirOwn(String viewer) {
        HttpResponse<String> page = door.getAnonymously(viewer, AS_BROWSER);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';", "style-src 'self' 'unsafe-inline'", "worker-src blob:")
                .doesNotContain("unsafe-eval", "nonce", "*");
        assertThat(page.body()).doesNotContain("http://", "https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger", "/docs/redoc"})
    void servesTheFilesOfTheViewers(String viewer) {
        Matcher files = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
                .matcher(door.getAnonymously(viewer, AS_BROWSER).body());

        assertThat(files.results().map(file -> file.group(1)))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(file -> assertThat(door.getAnonymously(file, "Accept-Encoding", "gzip")
                                .statusCode())
                        .isEqualTo(200));
    }

    @Test
    void leadsToTheViewersAndTheProblems() {
        HttpResponse<String> docs = door.getAnonymously("/docs", AS_BROWSER);

        assertThat(docs.statusCode()).isEqualTo(200);
        assertThat(docs.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("unsafe-inline");
        assertThat(docs.body())
                .contains("/docs/swagger?api=payments-service")
                .contains("/docs/redoc?api=gateway")
                .contains("/docs/problems/rate_limit_exceeded");
    }

    @Test
    void saysWhatAProblemMeans() {
        HttpResponse<String> known = door.getAnonymously("/docs/problems/api_version_sunset", AS_BROWSER);
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body()).contains("<code>GatewayProblem</code>", "This version of the API is switched off");
        assertThat(door.getAnonymously("/docs/problems/nothing", AS_BROWSER).statusCode())
                .isEqualTo(404);
    }

    @Test
    void greetsAndTellsWhetherTheServicesWork() {
        services.put("payments-service", 1);
        HttpResponse<String> start = door.getAnonymously("/", AS_BROWSER);

        assertThat(start.statusCode()).isEqualTo(200);
        assertThat(start.body()).contains("Sign in", "works", "no answer");
    }

    @Test
    void offersTheFirstPageToPeopleOnly() {
        assertThat(door.get("/", "Accept", "application/json").statusCode()).isEqualTo(406);
    }

    @Test
    void listsTheVersionsForAnyone() {
        HttpResponse<String> versions = door.getAnonymously("/versions");

        assertThat(versions.statusCode()).isEqualTo(200);
        assertThat(versions.headers().firstValue("Cache-Control")).contains("max-age=30, public");
        assertThat(versions.body()).contains("{\"api\":\"payments\",\"version\":\"v1\",\"status\":\"active\"}");
    }
}
