package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.RedisAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.gateway.GatewayApplication;
import io.darvoza.local.process.FreePorts;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The gateway at an address of its own with a real Keycloak, Redis and database, one of each for all tests of people who sign
 * in. A test that takes one of them away brings it back.
 */
@Import(StaticServices.Registry.class)
@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@TestPropertySource(
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "spring.cloud.loadbalancer.cache.enabled=false",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.data.redis.timeout=" + PeoplesDoor.PATIENCE,
            "darvoza.gateway.limits.address.rate=100000",
            "darvoza.gateway.limits.address.burst=100000",
            "darvoza.gateway.limits.refused.rate=100000",
            "darvoza.gateway.limits.refused.burst=100000",
            "darvoza.gateway.session.stream-check=200ms"
        })
abstract class PeoplesDoor {

    /** With Redis, which on a machine with more to run than processors may get none for longer than the gateway's half second. */
    static final String PATIENCE = "2s";

    static final int PORT = FreePorts.next();
    static final String HOME = "http://127.0.0.1:" + PORT;
    static final LocalKeycloak KEYCLOAK = new LocalKeycloak(HOME);
    static final RestartableServer<RedisAccess> REDIS = RestartableServer.redis();

    /** Its servers start with this class. */
    static void open() {}

    @Autowired
    StaticServices registry;

    @Autowired
    private ReactiveSessionRepository<? extends Session> sessions;

    final Browser browser = new Browser(HOME);
    final Door door = new Door(PORT);
    FakeService documents;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("darvoza.public-url", () -> HOME);
        KEYCLOAK.properties().forEach((name, value) -> properties.add(name, () -> value));
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

    final void signedIn(String user) {
        signedIn(browser, user);
    }

    final void signedIn(Browser in, String user) {
        in.signIn(in.arriveAt("/documents"), user, KEYCLOAK.password(user));
        assertThat(in.fetch("/v1/me").statusCode()).isEqualTo(200);
    }

    final void expireAccessToken() {
        setAttribute("access_expires_at", "2026-01-01T00:00:00Z");
    }

    final void setAttribute(String name, String value) {
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

    /** The token of the last request that reached the service. */
    final String bearer() {
        return documents.lastCall().headers().get("authorization").getFirst();
    }

    final HttpResponse<String> token(String form) {
        return door.send(
                "POST",
                "/v1/token",
                BodyPublishers.ofString(form),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
