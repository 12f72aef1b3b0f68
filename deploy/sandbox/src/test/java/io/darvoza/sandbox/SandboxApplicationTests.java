package io.darvoza.sandbox;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest
@AutoConfigureWebTestClient
class SandboxApplicationTests {

    @Autowired
    private WebTestClient http;

    @Test
    void isReadyAndKnowsOnlyItsEmulators() {
        http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        http.get().uri("/anything").exchange().expectStatus().isNotFound();
    }
}
