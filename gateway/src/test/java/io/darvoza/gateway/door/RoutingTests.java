package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningGateway
class RoutingTests {

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private final Map<String, FakeService> services = new HashMap<>();

    @BeforeEach
    void startServices() {
        for (String name : new String[] {
            "banking-docs-service", "payments-service", "egov-service", "gosuslugi-service", "identification-service"
        }) {
            FakeService service = new FakeService(name);
            services.put(name, service);
            registry.put(name, service.port());
        }
    }

    @AfterEach
    void stopServices() {
        services.values().forEach(FakeService::close);
    }

    @ParameterizedTest
    @CsvSource({
        "banking-docs-service, /v1/dbo/users/me, /v1/dbo/users/me",
        "banking-docs-service, /v1/abs/documents?status=processed&category=%D0%94, /v1/abs/documents?status=processed&category=%D0%94",
        "banking-docs-service, /v1/sm/contracts/101, /v1/sm/contracts/101",
        "banking-docs-service, /documents, /documents",
        "banking-docs-service, /documents/7, /documents/7",
        "payments-service, /v1/payments/orders, /v1/payments/orders",
        "payments-service, /pay/4f1c, /pay/4f1c",
        "payments-service, /payment.html?uid=4f1c, /payment.html?uid=4f1c",
        "payments-service, /payments, /payments",
        "egov-service, /v1/egov/verifications, /v1/egov/verifications",
        "egov-service, /egov/ajax/health/, /egov/ajax/health/",
        "egov-service, /admin, /admin",
        "egov-service, /admin/egov_integration/egovapolog/, /admin/egov_integration/egovapolog/",
        "gosuslugi-service, /v1/gosuslugi/orders, /v1/gosuslugi/orders",
        "gosuslugi-service, /gosuslugi, /gosuslugi",
        "gosuslugi-service, /download_file/764/2, /v1/gosuslugi/download_file/764/2",
        "identification-service, /v1/identification/links, /v1/identification/links",
        "identification-service, /identification/review, /identification/review",
        "identification-service, /api/link/presign/05a4ce19, /v1/identification/link/presign/05a4ce19",
        "identification-service, /api/tasks/status/9%2D1?x=1, /v1/identification/tasks/status/9%2D1?x=1",
    })
    void aPathReachesItsService(String service, String path, String seen) {
        var answer = door().get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(service);
        assertThat(services.get(service).lastCall().uri()).isEqualTo(seen);
    }

    @Test
    void theAdminPathOfTheSeedEndsInASlash() {
        assertThat(door().get("/admin/").body()).contains("egov-service");
    }

    @Test
    void whatNobodyAnswersIsAProblemOfTheGateway() {
        assertThat(door().get("/v1/unheard-of").statusCode()).isEqualTo(404);
        assertThat(door().get("/actuator/health").statusCode()).isEqualTo(404);
        assertThat(door().get("/actuator/gateway/routes").statusCode()).isEqualTo(404);
        assertThat(door().getAnonymously("/v1/dbo/users/me").statusCode()).isEqualTo(401);
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service.calls()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "/pay/4f1c",
        "/payment.html?uid=4f1c",
        "/egov/ajax/health/",
        "/egov/embed/verify.js",
        "/api/link/presign/7d21be90",
        "/v1/abs/content/token"
    })
    void anOpenPathNeedsNoToken(String path) {
        assertThat(door().getAnonymously(path).statusCode()).isEqualTo(200);
        assertThat(door().getAnonymously(path, "Authorization", "Bearer forged").statusCode())
                .isEqualTo(401);
    }

    private Door door() {
        return new Door(port);
    }
}
