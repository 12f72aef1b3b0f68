package io.darvoza.gateway.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.TestIdentity;
import io.darvoza.common.test.security.TestTokens;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole gateway on the real table. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "eureka.client.enabled=false",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.data.redis.port=1",
            "darvoza.identity.client-secret=synthetic",
            "darvoza.gateway.limits.address.rate=100000",
            "darvoza.gateway.limits.address.burst=100000",
            "darvoza.gateway.versions.refresh=100ms"
        })
@TestIdentity
@RealInfrastructure(Server.POSTGRES)
class ApiVersionTableIT {

    @Autowired
    private DatabaseClient database;

    @Autowired
    private CurrentApiVersions current;

    @LocalServerPort
    private int port;

    private WebTestClient client;

    @BeforeEach
    void waitForTheTable() throws Exception {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        eventually(() -> current.get().all().getFirst().releasedAt() != null);
    }

    @Test
    void beginsWithTheFirstVersionOfEveryApi() {
        assertThat(current.get().all())
                .extracting(ApiVersion::api)
                .contains("banking-docs", "egov", "gosuslugi", "identification", "payments");
        client.get()
                .uri("/versions")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.versions[?(@.api=='payments' && @.version=='v1')].released_at")
                .isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void announcesAndEnforcesAChangeOfTheTableWithoutARestart() throws Exception {
        sql("insert into api_version (api, version, status, released_at) values ('egov', 'v2', 'active', now())");
        sql("update api_version set status = 'deprecated', deprecation_at = '2020-01-01Z', sunset_at = '2020-07-01Z', "
                + "successor = 'v2' where api = 'egov' and version = 'v1'");
        eventually(() -> current.get().of("egov").size() == 2);

        client.get()
                .uri("/v1/egov/verifications")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token())
                .exchange()
                .expectStatus()
                .isEqualTo(410)
                .expectHeader()
                .valueEquals("Deprecation", "@1577836800")
                .expectHeader()
                .valueEquals("Sunset", "Wed, 01 Jul 2020 00:00:00 GMT")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("api_version_sunset")
                .jsonPath("$.successor")
                .isEqualTo("v2");
        client.get()
                .uri("/v7/egov/verifications")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("api_version_unknown")
                .jsonPath("$.versions[0]")
                .isEqualTo("v2");
    }

    @Test
    void refusesRowsThatContradictThemselves() {
        for (String row : new String[] {
            "('x', 'v1', 'deprecated', now(), null, null, null, null)",
            "('x', 'v1', 'active', now(), null, now(), null, null)",
            "('x', 'v1', 'active', now(), '2027-01-02Z', '2027-01-01Z', null, null)",
            "('x', 'v1', 'active', now(), null, null, 'v1', null)",
            "('x', 'v1', 'active', now(), null, null, 'v9', null)",
            "('x', 'v1', 'active', null, null, null, null, null)",
            "('x', '1', 'active', now(), null, null, null, null)",
            "('x', 'v1', 'asleep', now(), null, null, null, null)",
            "('x', 'v1', 'active', now(), null, null, null, 'javascript:alert(1)')",
            "('x', 'v1', 'active', now(), null, null, null, '/docs>; rel=x')"
        }) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(row)
                    .isThrownBy(() -> sql("insert into api_version values " + row));
        }
    }

    private void sql(String statement) {
        database.sql(statement).then().block(Duration.ofSeconds(10));
    }

    private static String token() {
        return TestTokens.shared().user("egov_user", "egov_user");
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 300 && !condition.call(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.call()).isTrue();
    }
}
