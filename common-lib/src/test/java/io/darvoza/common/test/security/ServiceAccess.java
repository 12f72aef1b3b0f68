package io.darvoza.common.test.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.security.OperationCatalogue;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What every service proves about access, asked directly, without the gateway before it: bad tokens are refused, unknown keys do
 * not reach the issuer, and each operation is open to whom {@code authorisation-matrix.txt} says. A service extends it as
 * {@code AccessIT}, with the servers it needs.
 */
@TestIdentity
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false", "management.server.port=0"})
public abstract class ServiceAccess {

    @Autowired
    private OperationCatalogue catalogue;

    @LocalServerPort
    private int port;

    /** Example calls of the service's operations; a service without path variables and bodies needs none. */
    protected Examples examples() {
        return Examples.NONE;
    }

    protected final URI server() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryBadToken() {
        return TokenAttacks.against(server().resolve("/not-there"));
    }

    @TestFactory
    Stream<DynamicTest> isOpenToWhomItPromisesAndToNobodyElse() {
        return AuthorisationMatrix.of(catalogue, server(), examples());
    }

    @Test
    void aThousandUnknownKeysCauseAtMostTwoFetches() throws InterruptedException {
        assertThat(TokenAttacks.fetchesCausedByRandomKids(server().resolve("/not-there"), 1000))
                .isLessThanOrEqualTo(2);
    }
}
