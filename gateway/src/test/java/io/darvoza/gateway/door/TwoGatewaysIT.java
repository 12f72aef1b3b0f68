package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.gateway.GatewayApplication;
import io.darvoza.local.process.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two gateways behind one address, with one Redis and one Keycloak that takes the second use of a refresh token for a theft. */
class TwoGatewaysIT extends PeoplesDoor {

    private static final int REQUESTS = 8;
    private static final int ROUNDS = 6;

    private static final int SECOND_PORT = FreePorts.next();
    private static ConfigurableApplicationContext second;

    /** It has no database, so that it can write nothing down. */
    @BeforeAll
    static void startSecond() {
        var properties = new TreeMap<>(KEYCLOAK.properties());
        properties.put("spring.data.redis.timeout", PATIENCE);
        properties.putAll(REDIS.access().properties());
        properties.put("darvoza.public-url", HOME);
        properties.put("server.port", Integer.toString(SECOND_PORT));
        properties.put("management.server.port", "0");
        properties.put("eureka.client.enabled", "false");
        properties.put("spring.cloud.loadbalancer.cache.enabled", "false");
        properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
        properties.put("spring.jmx.enabled", "false");
        properties.put("darvoza.database.port", "1");
        second = new SpringApplicationBuilder(GatewayApplication.class, StaticServices.Registry.class)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    @BeforeEach
    void tellSecond() {
        second.getBean(StaticServices.class).put("banking-docs-service", documents.port());
    }

    @AfterAll
    static void stopSecond() {
        second.close();
    }

    @Test
    void raceForOneRenewalAndSignNobodyOut() throws Exception {
        signedIn("bank_client");
        List<Browser> doors = List.of(browser, browser.through(SECOND_PORT));
        String old = bearer();
        for (int round = 1; round <= ROUNDS; round++) {
            expireAccessToken();
            int before = documents.calls().size();

            assertThat(race(doors)).as("round %d", round).containsOnly(200);

            assertThat(documents.calls().stream()
                            .skip(before)
                            .map(call -> call.headers().get("authorization").getFirst())
                            .collect(Collectors.toSet()))
                    .as("one renewal in round %d", round)
                    .hasSize(1)
                    .doesNotContain(old);
            old = bearer();
        }
    }

    @Test
    void aSessionThatOneHasEndedIsOverAtTheOther() throws Exception {
        var admin = new Browser(HOME);
        signedIn(admin, "payments_admin");
        signedIn("identification_reviewer");
        JsonNode session = JsonMapper.shared()
                .readTree(admin.fetch("/v1/sessions?username=identification_reviewer")
                        .body())
                .at("/sessions/0");
        String path = "/v1/sessions/" + session.get("id").asString();
        Browser elsewhere = browser.through(SECOND_PORT);

        assertThat(admin.through(SECOND_PORT).delete(path, "Origin", HOME).body())
                .contains("audit_unavailable");
        assertThat(elsewhere.fetch("/v1/me").statusCode())
                .as("nothing happens without a record")
                .isEqualTo(200);
        assertThat(admin.delete(path, "Origin", HOME).statusCode()).isEqualTo(200);
        assertThat(elsewhere.fetch("/v1/me").statusCode()).isEqualTo(401);
    }

    private static List<Integer> race(List<Browser> doors) throws Exception {
        var start = new CyclicBarrier(doors.size() * REQUESTS);
        List<Callable<Integer>> requests = new ArrayList<>();
        for (Browser door : doors) {
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(() -> {
                    start.await();
                    return door.fetch("/v1/dbo/users/me").statusCode();
                });
            }
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(requests)) {
                statuses.add(status.get());
            }
        }
        return statuses;
    }
}
