package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TokenAttacks;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@TestIdentity
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.main.web-application-type=reactive", "server.max-http-request-header-size=16KB"})
class TokenAttackTests {

    @LocalServerPort
    int port;

    @TestFactory
    Stream<DynamicTest> atAnOperationForTheSignedIn() {
        return TokenAttacks.against(address("/signed-in"));
    }

    @TestFactory
    Stream<DynamicTest> atAPathThatIsNotThere() {
        return TokenAttacks.against(address("/not-there"));
    }

    @Test
    void aThousandUnknownKeysCauseAtMostTwoFetches() throws Exception {
        assertThat(TokenAttacks.fetchesCausedByRandomKids(address("/signed-in"), 1000))
                .isBetween(0, 2);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
