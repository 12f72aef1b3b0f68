package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.redis.TestRedis;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Sessions and tokens while Redis or Keycloak is away. */
class SessionOutageIT extends PeoplesDoor {

    @Test
    void withRedisHungABrowserIsToldSoAndProgramsGoOn() throws Exception {
        signedIn("bank_client");
        String bearer = bearer();
        String redis = redisProcess();
        kill("STOP", redis);
        try {
            assertThat(door.getAnonymously("/v1/dbo/users/me", "Authorization", bearer)
                            .statusCode())
                    .isEqualTo(200);
            assertUnavailable(browser.fetch("/v1/dbo/users/me"));
            assertUnavailable(browser.open("/documents"));
            assertUnavailable(new Browser(HOME).open("/documents"));
        } finally {
            kill("CONT", redis);
            awaitRedis();
        }
        assertThat(browser.fetch("/v1/dbo/users/me").statusCode())
                .as("still signed in")
                .isEqualTo(200);
    }

    @Test
    void withoutRedisABrowserIsToldSoAndProgramsGoOn() {
        signedIn("bank_client");
        String bearer = bearer();
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
    void withoutKeycloakEveryUnexpiredTokenGoesOn() {
        signedIn("bank_client");
        String bearer = bearer();
        KEYCLOAK.stop();
        try {
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
        } finally {
            KEYCLOAK.startAgain();
            awaitKeycloak();
        }
    }

    private static String redisProcess() {
        try (var redis = new TestRedis(REDIS.access())) {
            return redis.commands()
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("process_id:".length());
        }
    }

    private static void kill(String signal, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor())
                .isZero();
    }

    /** Until the breaker lets calls through again, too. */
    private void awaitKeycloak() {
        Instant end = Instant.now().plusSeconds(60);
        while (door.getAnonymously("/auth/realms/darvoza/.well-known/openid-configuration")
                        .statusCode()
                != 200) {
            assertThat(Instant.now()).as("logins come back").isBefore(end);
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
}
