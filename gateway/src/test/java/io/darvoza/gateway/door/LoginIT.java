package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.RedisAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.gateway.GatewayApplication;
import io.darvoza.local.process.FreePorts;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Browser sessions and tokens with a real Keycloak and a real Redis; each goes away in the end. */
@Import(StaticServices.Registry.class)
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@TestPropertySource(
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "spring.cloud.loadbalancer.cache.enabled=false",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "darvoza.database.port=1",
            "darvoza.database.password=none",
            "darvoza.gateway.limits.address.rate=100000",
            "darvoza.gateway.limits.address.burst=100000",
            "darvoza.gateway.limits.refused.rate=100000",
            "darvoza.gateway.limits.refused.burst=100000"
        })
class LoginIT {

    private static final int PORT = FreePorts.next();
    private static final String HOME = "http://127.0.0.1:" + PORT;
    private static final LocalKeycloak KEYCLOAK = new LocalKeycloak(HOME);
    private static final RestartableServer<RedisAccess> REDIS = RestartableServer.redis();

    @Autowired
    private StaticServices registry;

    @Autowired
    private ReactiveSessionRepository<? extends Session> sessions;

    private final Browser browser = new Browser(HOME);
    private final Door door = new Door(PORT);
    private FakeService documents;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("darvoza.public-url", () -> HOME);
        properties.add("darvoza.identity.jwks-uri", () -> KEYCLOAK.inside("certs"));
        properties.add("darvoza.identity.token-uri", () -> KEYCLOAK.inside("token"));
        properties.add("darvoza.identity.client-secret", () -> KEYCLOAK.secret("gateway"));
        REDIS.access().properties().forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeEach
    void startService() {
        documents = new FakeService("banking-docs-service");
        registry.put("banking-docs-service", documents.port());
    }

    @AfterEach
    void stopService() {
        documents.close();
    }

    @AfterAll
    static void stopServers() {
        REDIS.close();
        KEYCLOAK.close();
    }

    @Test
    void aPersonSignsInAndComesBackToWhereHeWanted() {
        HttpResponse<String> loginPage = browser.arriveAt("/documents?status=pending");
        assertThat(loginPage.uri().getPath()).isEqualTo("/auth/realms/darvoza/protocol/openid-connect/auth");
        String before = browser.session().getValue();

        HttpResponse<String> page = browser.signIn(loginPage, "bank_client", KEYCLOAK.password("bank_client"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri()).hasToString(HOME + "/documents?status=pending");
        assertThat(browser.session().isHttpOnly()).isTrue();
        assertThat(browser.session().getValue())
                .as("nobody can know it beforehand")
                .isNotEqualTo(before);
        assertThat(documents.lastCall().headers().get("authorization"))
                .singleElement()
                .asString()
                .startsWith("Bearer ey");
        assertThat(documents.lastCall().headers()).doesNotContainKey("cookie");
        assertThat(browser.fetch("/v1/me").body())
                .contains("\"username\":\"bank_client\"")
                .contains("\"roles\":[\"bank_client\"]")
                .contains("\"kind\":\"user\"")
                .doesNotContain("ey");
    }

    @Test
    void aScriptWithoutASessionGets401AndNoCookie() {
        HttpResponse<String> answer = browser.fetch("/v1/dbo/users/me");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(browser.cookieNames()).isEmpty();
    }

    @Test
    void whatChangesSomethingMustComeFromAPageOfOurs() {
        signedIn("bank_client");
        String path = "/v1/sm/contracts";

        assertThat(browser.post(path, "").statusCode()).isEqualTo(403);
        assertThat(browser.post(path, "", "Origin", "https://evil.test").body()).contains("foreign_origin");
        assertThat(browser.post(path, "", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(documents.calls()).noneMatch(call -> call.method().equals("POST"));
        assertThat(browser.post(path, "", "Origin", HOME).statusCode()).isEqualTo(200);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(200);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin", "Origin", "null")
                        .statusCode())
                .as("a form of a page that hides its address")
                .isEqualTo(200);
    }

    @Test
    void allAtOnceRenewAnExpiredTokenOnce() throws Exception {
        signedIn("bank_client");
        String old = documents.lastCall().headers().get("authorization").getFirst();
        expireAccessToken();

        List<Callable<Integer>> requests = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        _ -> () -> browser.fetch("/v1/dbo/users/me").statusCode())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        Set<String> tokens = Set.copyOf(documents.calls().stream()
                .skip(1)
                .map(call -> call.headers().get("authorization").getFirst())
                .toList());
        assertThat(tokens).hasSize(1).doesNotContain(old);
        // A second use of a refresh token would have ended the whole session at Keycloak.
        expireAccessToken();
        assertThat(browser.fetch("/v1/dbo/users/me").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusedRenewalEndsTheSession() {
        signedIn("bank_client");
        expireAccessToken();
        setAttribute("refresh_token", "withdrawn");

        assertThat(browser.fetch("/v1/dbo/users/me").statusCode()).isEqualTo(401);
        assertThat(browser.open("/documents").headers().firstValue("Location"))
                .hasValue("/oauth2/authorization/keycloak");
        assertThat(browser.arriveAt("/documents?again").uri()).hasToString(HOME + "/documents?again");
    }

    @Test
    void whatLiesInTheStoreIsNotBelievedUnseen() {
        signedIn("bank_client");
        setAttribute(
                "access_token",
                io.darvoza.common.test.security.TestTokens.shared().user("bank_admin", "bank_admin"));

        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSessionHereAndAtKeycloak() {
        signedIn("bank_client");
        assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);

        HttpResponse<String> out = browser.post("/logout", "", "Origin", HOME);
        assertThat(out.statusCode()).isEqualTo(303);
        HttpResponse<String> atKeycloak =
                browser.open(out.headers().firstValue("Location").orElseThrow());
        assertThat(atKeycloak.headers().firstValue("Location")).hasValue(HOME + "/");
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(401);
        assertThat(browser.arriveAt("/documents").body())
                .as("asks for the password")
                .contains("kc-form-login");
    }

    @Test
    void aNewPasswordIsChosenAtKeycloak() {
        signedIn("bank_client2");

        HttpResponse<String> page = browser.arriveAt("/account/password");
        assertThat(page.uri().getPath()).startsWith("/auth/realms/darvoza/login-actions/");
        assertThat(page.uri().getQuery()).contains("UPDATE_PASSWORD");
    }

    @Test
    void aFailedLoginIsAPageAndNoCircle() {
        HttpResponse<String> answer = browser.open("/login/oauth2/code/keycloak?error=access_denied&state=unknown");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void programsGetTokensAndNobodyByAPassword() {
        HttpResponse<String> token =
                token("grant_type=client_credentials&client_id=partner&client_secret=" + KEYCLOAK.secret("partner"));
        assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
        assertThat(token.headers().firstValue("Cache-Control")).hasValue("no-store");
        String access = token.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
        assertThat(door.getAnonymously("/v1/me", "Authorization", "Bearer " + access)
                        .body())
                .contains("\"kind\":\"client\"");

        assertThat(token("grant_type=client_credentials&client_id=partner&client_secret=wrong")
                        .body())
                .contains("\"error\":\"unauthorized_client\"");
        assertThat(token("grant_type=password&client_id=suite-cli&username=bank_client&password="
                                + KEYCLOAK.password("bank_client"))
                        .body())
                .contains("unsupported_grant_type");
        assertThat(token("grant_type=client_credentials&grant_type=password").statusCode())
                .isEqualTo(400);
        assertThat(token("grant_type=client_credentials&x=" + "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(door.send("POST", "/v1/token", BodyPublishers.ofString("{}"), "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    @Order(2_000_000_001)
    void withRedisHungABrowserIsToldSoAndProgramsGoOn() throws Exception {
        signedIn("bank_client");
        String bearer = documents.lastCall().headers().get("authorization").getFirst();
        pauseRedis();

        assertThat(door.getAnonymously("/v1/dbo/users/me", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        assertUnavailable(browser.fetch("/v1/dbo/users/me"));
        assertUnavailable(browser.open("/documents"));
        assertUnavailable(new Browser(HOME).open("/documents"));
        awaitRedis();
        assertThat(browser.fetch("/v1/dbo/users/me").statusCode())
                .as("still signed in")
                .isEqualTo(200);
    }

    @Test
    @Order(2_000_000_002)
    void withoutRedisABrowserIsToldSoAndProgramsGoOn() {
        signedIn("bank_client");
        String bearer = documents.lastCall().headers().get("authorization").getFirst();
        REDIS.stop();
        try {
            assertThat(door.getAnonymously("/v1/dbo/users/me", "Authorization", bearer)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(door.getAnonymously("/v1/dbo/users/me").statusCode()).isEqualTo(401);
            assertUnavailable(browser.fetch("/v1/dbo/users/me"));
            assertUnavailable(browser.open("/documents"));
            assertUnavailable(new Browser(HOME).open("/documents"));
        } finally {
            REDIS.start();
            awaitRedis();
        }
        // The session went with Redis; Keycloak still knows the browser and lets it in without a password.
        assertThat(browser.arriveAt("/documents").statusCode()).isEqualTo(200);
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2_000_000_003)
    void withoutKeycloakEveryUnexpiredTokenGoesOn() {
        signedIn("bank_client");
        String bearer = documents.lastCall().headers().get("authorization").getFirst();
        KEYCLOAK.close();

        assertThat(browser.fetch("/v1/dbo/users/me").statusCode()).isEqualTo(200);
        assertThat(door.getAnonymously("/v1/dbo/users/me", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        assertThat(token("grant_type=client_credentials").body()).contains("identity_unavailable");
        assertThat(door.getAnonymously("/auth/realms/darvoza/.well-known/openid-configuration")
                        .statusCode())
                .isEqualTo(503);
        setAttribute("access_expires_at", Instant.now().plusSeconds(5).toString());
        assertThat(browser.fetch("/v1/dbo/users/me").statusCode())
                .as("the old token counts while a new one cannot be had")
                .isEqualTo(200);
        expireAccessToken();
        assertThat(browser.fetch("/v1/dbo/users/me").body()).contains("identity_unavailable");
    }

    private void signedIn(String user) {
        browser.signIn(browser.arriveAt("/documents"), user, KEYCLOAK.password(user));
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(200);
    }

    private void expireAccessToken() {
        setAttribute("access_expires_at", "2026-01-01T00:00:00Z");
    }

    private void setAttribute(String name, String value) {
        change(sessions, name, value);
    }

    private <S extends Session> void change(ReactiveSessionRepository<S> repository, String name, String value) {
        repository
                .findById(browser.session().getValue())
                .flatMap(session -> {
                    session.setAttribute(name, value);
                    return repository.save(session);
                })
                // Beside a Keycloak that starts or stops, Redis may be slow to answer on a small machine.
                .retry(5)
                .block(Duration.ofSeconds(5));
    }

    /** Redis takes connections and commands, and is silent for three seconds. */
    private static void pauseRedis() throws Exception {
        RedisAccess access = REDIS.access();
        try (var socket = new java.net.Socket(access.host(), access.port())) {
            String commands = "AUTH " + access.password() + "\r\nCLIENT PAUSE 4000 ALL\r\n";
            socket.getOutputStream().write(commands.getBytes());
            socket.getOutputStream().flush();
            byte[] answers = new byte[10];
            assertThat(socket.getInputStream().readNBytes(answers, 0, 10)).isEqualTo(10);
        }
    }

    private static void awaitRedis() {
        Instant end = Instant.now().plusSeconds(20);
        while (new Browser(HOME).open("/documents").statusCode() == 503) {
            assertThat(Instant.now()).as("sessions come back").isBefore(end);
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> token(String form) {
        return door.send(
                "POST",
                "/v1/token",
                BodyPublishers.ofString(form),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
