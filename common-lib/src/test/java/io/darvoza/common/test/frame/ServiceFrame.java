package io.darvoza.common.test.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.darvoza.common.test.contract.Contracts;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The promises of a service's frame, tried on the real service; a service's test of it is a class that extends this one. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "management.server.port=0",
            "springdoc.writer-with-order-by-keys=true"
        })
@RealInfrastructure({Server.POSTGRES, Server.KAFKA})
@TestIdentity
@ExtendWith(OutputCaptureExtension.class)
public abstract class ServiceFrame {

    private final TestTokens tokens = TestTokens.shared();

    @Autowired
    private Environment environment;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Test
    void anUnknownPathIsClosedWithoutATokenAndAProblemWithOne() {
        service().get().uri("/v1/no-such-thing").exchange().expectStatus().isUnauthorized();
        service()
                .get()
                .uri("/v1/no-such-thing")
                .headers(headers -> headers.setBearerAuth(tokens.user("auditor", "auditor")))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found")
                .jsonPath("$.traceId")
                .value(String.class, traceId -> assertThat(traceId).matches("[0-9a-f]{32}"));
    }

    @Test
    void healthAndMetricsAreOnTheManagementPortAlone() {
        management()
                .get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> management()
                        .get()
                        .uri("/actuator/health/readiness")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.components.r2dbc.status")
                        .isEqualTo("UP")
                        .jsonPath("$.components.broker.status")
                        .isEqualTo("UP"));
        management()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics).contains("application=\"" + name() + "\""));
        service()
                .get()
                .uri("/actuator/health")
                .headers(headers -> headers.setBearerAuth(tokens.user("ops", "ops")))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void deadLettersAreShownToOperationsAlone() {
        deadLetters(null).isUnauthorized();
        deadLetters("auditor").isForbidden();
        deadLetters("ops").isOk();
    }

    private StatusAssertions deadLetters(@Nullable String role) {
        return management()
                .get()
                .uri("/actuator/deadletters")
                .headers(headers -> {
                    if (role != null) {
                        headers.setBearerAuth(tokens.user(role, role));
                    }
                })
                .exchange()
                .expectStatus();
    }

    @Test
    void theOpenApiDocumentIsTheCommittedOne() {
        byte[] document = service()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();

        Contracts.openApi(name(), document);
    }

    @Test
    void aBrokenTokenLeavesNoTraceOfItselfInTheLog(CapturedOutput log) {
        String token = tokens.user("bank_client", "bank_client") + "broken";

        service()
                .get()
                .uri("/v1/no-such-thing")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(log).doesNotContain(token.substring(0, 40));
    }

    private String name() {
        return environment.getRequiredProperty("spring.application.name");
    }

    /** A client of the service's own port. */
    protected WebTestClient service() {
        return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    private WebTestClient management() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build();
    }
}
