package io.darvoza.common.test.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.Operation;
import io.darvoza.common.security.OperationCatalogue;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

/**
 * What every service proves about access, asked directly, without the gateway before it: bad tokens are refused, unknown keys do
 * not reach the issuer, each operation is open to whom {@code authorisation-matrix.txt} says, and none takes a query parameter that
 * it does not declare. A service extends it as {@code AccessIT}, with the servers it needs.
 */
@TestIdentity
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false", "management.server.port=0"})
public abstract class ServiceAccess {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Autowired
    private OperationCatalogue catalogue;

    @Autowired
    private RequestMappingHandlerAdapter adapter;

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

    @TestFactory
    Stream<DynamicTest> noOperationTakesAParameterThatItDoesNotDeclare() {
        return catalogue.operations().stream()
                .filter(operation -> operation.path().startsWith("/v1/"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> refusesAnUnknown(operation)));
    }

    private void refusesAnUnknown(Operation operation) {
        var request = MockServerHttpRequest.method(
                HttpMethod.valueOf(operation.method()),
                operation.path().replaceAll("[{}]", "") + "?no_such_parameter=1");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> adapter.handle(MockServerWebExchange.from(request), operation.handler())
                        .block(BOUND))
                .extracting(ProblemException::type)
                .isEqualTo(CommonProblem.UNKNOWN_PARAMETER);
    }

    @Test
    void aThousandUnknownKeysCauseAtMostTwoFetches() throws InterruptedException {
        assertThat(TokenAttacks.fetchesCausedByRandomKids(server().resolve("/not-there"), 1000))
                .isLessThanOrEqualTo(2);
    }
}
