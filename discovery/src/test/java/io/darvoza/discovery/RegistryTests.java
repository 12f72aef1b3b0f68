package io.darvoza.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The registry as a service meets it: over HTTP, with a password. */
class RegistryTests {

    private static final String PASSWORD = "synthetic-registry-password";
    private static final String INSTANCE = """
            {"instance": {"instanceId": "sample:1", "hostName": "127.0.0.1", "app": "SAMPLE-SERVICE", "vipAddress": "sample-service",
              "ipAddr": "127.0.0.1", "status": "UP", "port": {"$": 1, "@enabled": "true"},
              "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
            """;

    private static ConfigurableApplicationContext registry;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        registry = SpringApplication.run(
                DiscoveryApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--darvoza.registry.password=" + PASSWORD);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void refusesWhoHasNoPassword() throws Exception {
        assertThat(get("/eureka/apps", null).statusCode()).isEqualTo(401);
        assertThat(get("/eureka/apps", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/", null).statusCode()).isEqualTo(401);
    }

    @Test
    void takesARegistrationWithThePasswordAndShowsItWithinASecond() throws Exception {
        var request = request("/eureka/apps/SAMPLE-SERVICE", PASSWORD)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(INSTANCE))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        assertThat(get("/eureka/apps/SAMPLE-SERVICE", PASSWORD).body()).contains("sample:1");
    }

    private HttpResponse<String> get(String path, String password) throws IOException, InterruptedException {
        return http.send(request(path, password).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String password) {
        int port = ((WebServerApplicationContext) registry).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (password != null) {
            String credentials = "darvoza:" + password;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }
}
