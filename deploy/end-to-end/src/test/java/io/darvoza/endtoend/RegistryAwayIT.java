package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.darvoza.local.infrastructure.JavaCommand;
import io.darvoza.local.process.Child;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.process.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The registry dies and comes back, with the real registry and the real gateway as processes of their own. The gateway is a
 * service like the others, too: it registers itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class RegistryAwayIT {

    private static final String PASSWORD = "synthetic";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("darvoza:" + PASSWORD).getBytes());
    private static final Duration START = Duration.ofSeconds(90);
    /** Longer than the gateway's interval of asking, and than an instance's of telling that it lives. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(7);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int registryPort = FreePorts.next();
    private final int gatewayPort = FreePorts.next();

    @TempDir
    Path folder;

    @Test
    void theGatewayRoutesOnAndEverybodyRegistersAgain() throws Exception {
        try (var service = new Service("PAYMENTS-SERVICE")) {
            Child registry = startRegistry();
            service.liveAndSaySo();
            try (Child gateway = startGateway()) {
                await("the gateway registers", () -> isRegistered("GATEWAY"));

                registry.close();
                everyRequestArrivesFor(LONG_ENOUGH);
                assertThat(gateway.isAlive()).isTrue();

                registry = startRegistry();
                everyRequestArrivesFor(LONG_ENOUGH);
                await("the gateway registers again", () -> isRegistered("GATEWAY"));
                await("so does the service", () -> isRegistered("PAYMENTS-SERVICE"));
                everyRequestArrivesFor(Duration.ofSeconds(4));
            } finally {
                registry.close();
            }
        }
    }

    private Child startRegistry() throws IOException {
        return started(
                "discovery",
                "-Xmx96m",
                registryPort,
                Readiness.port(registryPort),
                Map.of("darvoza.registry.password", PASSWORD));
    }

    /** Without Redis, Kafka and database, none of which a request without a token needs. */
    private Child startGateway() throws IOException {
        return started(
                "gateway",
                "-Xmx192m",
                gatewayPort,
                () -> statusAtGateway() == 200,
                Map.of(
                        "darvoza.registry.port",
                        Integer.toString(registryPort),
                        "darvoza.registry.password",
                        PASSWORD,
                        "darvoza.public-url",
                        "http://127.0.0.1:" + gatewayPort,
                        "darvoza.database.port",
                        "1",
                        "darvoza.database.password",
                        "none",
                        "spring.data.redis.port",
                        "1",
                        "spring.kafka.bootstrap-servers",
                        "127.0.0.1:1",
                        "darvoza.identity.client-secret",
                        "none",
                        "darvoza.identity.jwks-uri",
                        "http://127.0.0.1:1/certs",
                        "darvoza.identity.token-uri",
                        "http://127.0.0.1:1/token"));
    }

    private Child started(String module, String heap, int port, Readiness.Probe probe, Map<String, String> properties)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(
                JavaCommand.PATH,
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar(module).toString(),
                "--server.port=" + port,
                "--management.server.port=0"));
        properties.forEach((name, value) -> words.add("--" + name + "=" + value));
        return Readiness.started(new Child.Command(module, words, folder.resolve(module + ".log")), START, probe);
    }

    private static Path jar(String module) throws IOException {
        try (var jars = Files.newDirectoryStream(SuiteCommand.root().resolve(module + "/target"), "*-SNAPSHOT.jar")) {
            return jars.iterator().next();
        }
    }

    private void everyRequestArrivesFor(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            assertThat(statusAtGateway()).isEqualTo(200);
            Thread.sleep(100);
        }
    }

    /** A page that needs no token. */
    private int statusAtGateway() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatewayPort + "/payments/docs/start"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private boolean isRegistered(String application) throws IOException, InterruptedException {
        return http.send(atRegistry(application).GET().build(), BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private HttpRequest.Builder atRegistry(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registryPort + "/eureka/apps/" + path))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", AUTHORIZATION)
                .header("Content-Type", "application/json");
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(200);
        }
    }

    /** An instance that tells the registry every five seconds that it lives, as the suite's services do. */
    private final class Service implements AutoCloseable {

        private static final String REGISTRATION = """
                {"instance": {"instanceId": "%1$s:1", "hostName": "127.0.0.1", "app": "%1$s", "vipAddress": "%2$s",
                  "ipAddr": "127.0.0.1", "status": "UP", "port": {"$": %3$d, "@enabled": "true"},
                  "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
                """;

        private final String name;
        private final HttpServer server;
        private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

        private Service(String name) throws IOException {
            this.name = name;
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        void liveAndSaySo() {
            heart.scheduleWithFixedDelay(this::beat, 0, 5, TimeUnit.SECONDS);
        }

        private void beat() {
            try {
                var renewal = atRegistry(name + "/" + name + ":1").PUT(BodyPublishers.noBody());
                if (http.send(renewal.build(), BodyHandlers.discarding()).statusCode() == 404) {
                    String registration = REGISTRATION.formatted(
                            name, name.toLowerCase(), server.getAddress().getPort());
                    int status = http.send(
                                    atRegistry(name)
                                            .POST(BodyPublishers.ofString(registration))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode();
                    assertThat(status).isEqualTo(204);
                }
            } catch (IOException e) {
                // It is away: that is what this is about.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            heart.shutdownNow();
            server.stop(0);
        }
    }
}
