package io.darvoza.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@TestIdentity
@AutoConfigureWebTestClient
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.main.web-application-type=reactive", "server.max-http-request-header-size=16KB"})
class OperationAccessTests {

    private static final TestTokens TOKENS = TestTokens.shared();

    @Autowired
    WebTestClient http;

    @LocalServerPort
    int port;

    @Test
    void opensAnOperationForAnyoneToAnyone() {
        get("/anyone", null).expectBody().jsonPath("$.caller").isEqualTo("nobody");
    }

    @Test
    void knowsTheCallerWhereNoTokenIsNeeded() {
        get("/anyone", TOKENS.program("partner", "partner"))
                .expectBody()
                .jsonPath("$.caller")
                .isEqualTo("client:partner");
    }

    @Test
    void refusesABadTokenWhereNoTokenIsNeeded() {
        get("/anyone", "rubbish").expectStatus().isUnauthorized();
    }

    @Test
    void givesTheCallerToTheController() {
        get("/signed-in", TOKENS.user("bank_client", "bank_client", "auditor"))
                .expectBody()
                .jsonPath("$.subject")
                .isEqualTo("00000000-0000-4000-8000-000000000123")
                .jsonPath("$.username")
                .isEqualTo("bank_client")
                .jsonPath("$.client_id")
                .isEqualTo("mobile")
                .jsonPath("$.roles.length()")
                .isEqualTo(2);
    }

    @Test
    void asksForATokenWithoutSayingThatAnythingIsWrongWithOne() {
        http.get()
                .uri("/signed-in")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"darvoza\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void closesAnOperationToOtherRoles() {
        get("/admins", TOKENS.user("bank_client", "bank_client"))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("forbidden");
        get("/admins", TOKENS.user("bank_admin", "bank_admin")).expectStatus().isOk();
    }

    @Test
    void lettingOneRoleInLetsNotItsNamesakeIn() {
        get("/admins", TOKENS.user("x", "ROLE_bank_admin", "bank_admin2"))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void takesTheMethodsRuleInPlaceOfTheControllers() {
        assertThat(status(HttpMethod.POST, "/workers", TOKENS.user("abs_worker", "abs_worker")))
                .isEqualTo(HttpStatus.OK);
        assertThat(status(HttpMethod.POST, "/workers", TOKENS.user("bank_admin", "bank_admin")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void answersAForeignObjectAsOneThatDoesNotExist() {
        String own = TestTokens.subjectOf("bank_client");
        get("/things/" + own, TOKENS.user("bank_client", "bank_client"))
                .expectStatus()
                .isOk();
        get("/things/" + own, TOKENS.user("auditor", "auditor")).expectStatus().isOk();
        get("/things/" + own, TOKENS.user("bank_client2", "bank_client"))
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found");
    }

    @Test
    void tellsOnlyCallersWithATokenThatAPathIsNotThere() {
        get("/not-there", null).expectStatus().isUnauthorized();
        get("/not-there", TOKENS.user("egov_user", "egov_user"))
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found");
    }

    @Test
    void tellsOnlyCallersWithATokenThatAMethodIsWrong() {
        assertThat(status(HttpMethod.DELETE, "/admins", null)).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(status(HttpMethod.DELETE, "/admins", TOKENS.user("egov_user", "egov_user")))
                .isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(status(HttpMethod.OPTIONS, "/admins", null)).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void keepsHeadUnderTheRuleOfGet() {
        assertThat(status(HttpMethod.HEAD, "/admins", TOKENS.user("bank_client", "bank_client")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void opensAssetsForReadingOnly() {
        get("/assets/not-there.css", null).expectStatus().isNotFound();
        assertThat(status(HttpMethod.POST, "/assets/not-there.css", null)).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void keepsNoSession() {
        http.get()
                .uri("/signed-in")
                .headers(headers -> headers.setBearerAuth(TOKENS.user("bank_client", "bank_client")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);
    }

    @Test
    void refusesAnAddressThatTheFirewallDoesNotLetInAsAProblem() {
        http.get()
                .uri(URI.create("http://127.0.0.1:" + port + "/anyone;x=1/%2e%2e"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private WebTestClient.ResponseSpec get(String path, String token) {
        return exchange(HttpMethod.GET, path, token);
    }

    private HttpStatus status(HttpMethod method, String path, String token) {
        return HttpStatus.valueOf(exchange(method, path, token)
                .returnResult(Void.class)
                .getStatus()
                .value());
    }

    private WebTestClient.ResponseSpec exchange(HttpMethod method, String path, String token) {
        return http.method(method)
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }
}
