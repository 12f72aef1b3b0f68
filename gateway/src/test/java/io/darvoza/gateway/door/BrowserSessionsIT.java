package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.darvoza.gateway.versions.VersionTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator looks who is signed in where, and signs browsers out. */
class BrowserSessionsIT extends PeoplesDoor {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private ApplicationContext gateway;

    @Autowired
    private DatabaseClient database;

    private final Browser admin = new Browser(HOME);

    @BeforeEach
    void signInAdministrator() throws InterruptedException {
        VersionTable.await(gateway);
        signedIn(admin, "payments_admin");
    }

    @Test
    void endsSomebodysSessionHereAndAtKeycloakWithItsLiveStreams() throws Exception {
        signedIn("egov_user");
        var begun = new CountDownLatch(2);
        documents.answers(exchange -> tell(exchange, 1000));
        List<CompletableFuture<List<String>>> streams = List.of(
                browser.listen("/v1/events", once(begun)), browser.listen("/v1/abs/documents/stream", once(begun)));
        assertThat(begun.await(20, TimeUnit.SECONDS)).as("both streams begin").isTrue();
        JsonNode session = only(sessionsOf("egov_user"));
        assertThat(session.get("own").asBoolean()).isFalse();

        HttpResponse<String> ended = end(session);

        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        JsonNode end = json(ended);
        assertThat(end.get("username").asString()).isEqualTo("egov_user");
        assertThat(end.get("own").asBoolean()).isFalse();
        assertThat(end.get("ended_everywhere").asBoolean()).isTrue();
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(401);
        for (CompletableFuture<List<String>> stream : streams) {
            assertThat(stream).succeedsWithin(PATIENCE);
        }
        assertThat(browser.arriveAt("/documents").body())
                .as("asks for the password")
                .contains("kc-form-login");
        assertThat(sessionsOf("egov_user")).isEmpty();
        assertThat(end(session).statusCode()).isEqualTo(404);
        assertThat(admin.fetch("/v1/me").statusCode()).as("nobody else's").isEqualTo(200);
    }

    @Test
    void leavesStreamsThatNeedNoSessionAlone() throws Exception {
        signedIn("auditor");
        end(only(sessionsOf("auditor")));
        documents.answers(exchange -> tell(exchange, 10));
        registry.put("payments-service", documents.port());

        assertThat(browser.listen("/pay/somebody/events", new CountDownLatch(1)).get(20, TimeUnit.SECONDS))
                .as("although the browser still sends its old cookie")
                .filteredOn("data: on"::equals)
                .hasSize(10);
    }

    @Test
    void tellsNeitherTheSessionsIdNorAToken() {
        signedIn("egov_user2");
        HttpResponse<String> list = admin.fetch("/v1/sessions?username=egov_user2");

        assertThat(list.body())
                .contains("egov_user2")
                .doesNotContain(browser.session().getValue())
                .doesNotContain(admin.session().getValue())
                .doesNotContain("eyJ");
        assertThat(end(only(json(list).get("sessions").valueStream().toList())).body())
                .doesNotContain(browser.session().getValue())
                .doesNotContain("eyJ");
    }

    @Test
    void saysThatItIsOnesOwn() {
        List<JsonNode> own = sessionsOf("payments_admin").stream()
                .filter(session -> session.get("own").asBoolean())
                .toList();
        HttpResponse<String> ended = end(only(own));

        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(json(ended).get("own").asBoolean()).isTrue();
        assertThat(admin.fetch("/v1/sessions").statusCode()).isEqualTo(401);
    }

    @Test
    void comesInPagesByName() {
        List<Browser> three = List.of(new Browser(HOME), new Browser(HOME), new Browser(HOME));
        three.forEach(one -> signedIn(one, "gosuslugi_operator"));

        JsonNode first = json(admin.fetch("/v1/sessions?username=gosuslugi_operator&limit=2"));
        String cursor = first.get("next_cursor").asString();
        JsonNode second = json(admin.fetch("/v1/sessions?username=gosuslugi_operator&limit=2&cursor=" + cursor));

        assertThat(first.get("sessions")).hasSize(2);
        assertThat(second.get("sessions")).hasSize(1);
        assertThat(second.path("next_cursor").isMissingNode()
                        || second.get("next_cursor").isNull())
                .isTrue();
        assertThat(json(admin.fetch("/v1/sessions?limit=200"))
                        .get("sessions")
                        .valueStream()
                        .map(session -> session.get("username").asString())
                        .toList())
                .isSorted()
                .contains("payments_admin", "gosuslugi_operator");
        assertThat(admin.fetch("/v1/sessions?cursor=%2Fno!").body()).contains("invalid_cursor");
        assertThat(admin.fetch("/v1/sessions?limit=0").statusCode()).isEqualTo(400);
        assertThat(admin.fetch("/v1/sessions?username=nobody").body()).contains("\"sessions\":[]");
    }

    @Test
    void forgetsWhoSignsOutAndKnowsABrowserOnceHoweverOftenItSignsIn() {
        signedIn("sm_manager");
        JsonNode before = only(sessionsOf("sm_manager"));
        browser.arriveAt("/oauth2/authorization/keycloak");
        JsonNode after = only(sessionsOf("sm_manager"));
        assertThat(after.get("id")).isNotEqualTo(before.get("id"));

        assertThat(browser.post("/logout", "", "Origin", HOME).statusCode()).isEqualTo(303);
        assertThat(sessionsOf("sm_manager")).isEmpty();
    }

    @Test
    void isWrittenDownForGood() {
        signedIn("bank_admin");
        JsonNode session = only(sessionsOf("bank_admin"));
        end(session);

        JsonNode last =
                json(admin.fetch("/v1/sessions/ends?limit=1")).get("ends").get(0);
        assertThat(last.get("session_id")).isEqualTo(session.get("id"));
        assertThat(last.get("username").asString()).isEqualTo("bank_admin");
        assertThat(last.get("actor").asString())
                .isEqualTo("user:" + json(admin.fetch("/v1/me")).get("sub").asString());
        assertThat(last.get("own").asBoolean()).isFalse();
        assertThatThrownBy(() -> database.sql("delete from session_end").then().block(PATIENCE))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void needsAPageOfOurs() {
        signedIn("dbo_operator");
        JsonNode session = only(sessionsOf("dbo_operator"));

        assertThat(admin.delete("/v1/sessions/" + session.get("id").asString(), "Origin", "https://evil.test")
                        .body())
                .contains("foreign_origin");
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(200);
    }

    private List<JsonNode> sessionsOf(String user) {
        return json(admin.fetch("/v1/sessions?username=" + user))
                .get("sessions")
                .valueStream()
                .toList();
    }

    private HttpResponse<String> end(JsonNode session) {
        return admin.delete("/v1/sessions/" + session.get("id").asString(), "Origin", HOME);
    }

    private static void tell(HttpExchange exchange, int times) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < times; i++) {
            exchange.getResponseBody().write("data: on\n\n".getBytes());
            exchange.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private static CountDownLatch once(CountDownLatch all) {
        return new CountDownLatch(1) {
            @Override
            public void countDown() {
                if (getCount() > 0) {
                    super.countDown();
                    all.countDown();
                }
            }
        };
    }

    private static JsonNode only(List<JsonNode> sessions) {
        assertThat(sessions).hasSize(1);
        return sessions.getFirst();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
