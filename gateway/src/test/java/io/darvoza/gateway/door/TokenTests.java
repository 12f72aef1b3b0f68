package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TokenAttacks;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningGateway
class TokenTests {

    @LocalServerPort
    private int port;

    @Autowired
    private StaticServices registry;

    private FakeService service;

    @BeforeEach
    void startService() {
        service = new FakeService("banking-docs-service");
        registry.put("banking-docs-service", service.port());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> badTokensOnTheWayToAService() {
        return TokenAttacks.against(door().at("/v1/dbo/users/me"));
    }

    @TestFactory
    Stream<DynamicTest> badTokensAtTheGatewaysOwnOperation() {
        return TokenAttacks.against(door().at("/v1/me"));
    }

    @Test
    void aThousandUnknownKeysCauseAtMostTwoFetches() throws Exception {
        assertThat(TokenAttacks.fetchesCausedByRandomKids(door().at("/v1/dbo/users/me"), 1000))
                .isLessThanOrEqualTo(2);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void aBearerBeginsNoSession() {
        HttpResponse<String> answer = door().get("/v1/dbo/users/me", "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theServiceGetsTheTokenAsItCame() {
        door().get("/v1/dbo/users/me");

        assertThat(service.lastCall().headers().get("authorization"))
                .singleElement()
                .asString()
                .startsWith("Bearer ey");
    }

    @Test
    void aCallerLearnsWhoHeIs() {
        HttpResponse<String> answer = door().get("/v1/me");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"sub\":\"00000000-0000-4000-8000-000000000123\"")
                .contains("\"username\":\"bank_client\"")
                .contains("\"roles\":[\"bank_client\"]")
                .contains("\"kind\":\"user\"");
    }

    private Door door() {
        return new Door(port);
    }
}
