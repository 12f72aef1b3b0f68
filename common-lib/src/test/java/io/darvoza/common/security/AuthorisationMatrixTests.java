package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.test.security.AuthorisationMatrix;
import io.darvoza.common.test.security.AuthorisationMatrix.Example;
import io.darvoza.common.test.security.AuthorisationMatrix.Of;
import io.darvoza.common.test.security.TestIdentity;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@TestIdentity
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.main.web-application-type=reactive", "server.max-http-request-header-size=16KB"})
class AuthorisationMatrixTests {

    @Autowired
    OperationCatalogue catalogue;

    @LocalServerPort
    int port;

    @TestFactory
    Stream<DynamicTest> holds() {
        return matrix("authorisation-matrix.txt");
    }

    @Test
    void seesAnOperationWithoutARowAndARowWithoutAnOperation() {
        assertThat(failuresOf("matrix/without-workers.txt"))
                .containsExactly("has a row for each operation and no other");
        assertThat(failuresOf("matrix/with-a-stale-row.txt"))
                .containsExactly("has a row for each operation and no other");
    }

    @Test
    void seesAnOperationThatIsMoreOpenThanPromised() {
        assertThat(failuresOf("matrix/narrower.txt"))
                .containsExactly(
                        "GET /anyone OWN as nobody",
                        "GET /things/{owner} OWN as auditor",
                        "GET /things/{owner} FOREIGN as auditor",
                        "POST /workers OWN as dbo_operator");
    }

    @Test
    void seesAnOperationThatIsLessOpenThanPromised() {
        assertThat(failuresOf("matrix/wider.txt"))
                .containsExactly("GET /admins OWN as ops", "GET /things/{owner} FOREIGN as bank_client");
    }

    @Test
    void refusesARoleThatTheRealmDoesNotHave() {
        assertThatThrownBy(() -> matrix("matrix/misspelt.txt")).hasMessageContaining("no role bank_clerk");
    }

    private List<String> failuresOf(String table) {
        return matrix(table)
                .filter(test -> {
                    try {
                        test.getExecutable().execute();
                        return false;
                    } catch (Throwable failure) {
                        return true;
                    }
                })
                .map(DynamicTest::getDisplayName)
                .toList();
    }

    private Stream<DynamicTest> matrix(String table) {
        return AuthorisationMatrix.of(catalogue, URI.create("http://127.0.0.1:" + port), this::example, table);
    }

    private Example example(Operation operation, String subject, Of whose) {
        return Example.of(operation.path().replace("{owner}", whose == Of.OWN ? subject : "somebody-else"));
    }
}
