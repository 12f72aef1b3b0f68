package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.KafkaServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.RedisServer;
import io.darvoza.local.process.Child;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.process.Readiness;
import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fresh gateway as the suite runs it, on free ports, with what it needs: its real database, Redis and Kafka; an upstream
 * that stands for a service; keys of an issuer of its own. The registry and Keycloak are not needed.
 */
final class BenchSite implements AutoCloseable {

    /** Of banking-docs-service, so it passes the whole chain of filters. */
    static final String PATH = "/v1/dbo/users/me";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int NO_LIMIT = 100_000_000;

    private final Programs programs;
    private final Path folder;
    private final String password = UUID.randomUUID().toString().replace("-", "");
    private final int port = FreePorts.next();
    private final int management = FreePorts.next();
    private final Closing closing = new Closing();
    private @Nullable Child gateway;

    private BenchSite(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /** Returns when the gateway is ready and not one request has passed it. The issuer is {@link #issuer}. */
    static BenchSite start(Programs programs, Path folder, URI upstream, URI jwks, List<String> command) {
        var site = new BenchSite(programs, folder);
        try {
            site.start(upstream, jwks, command);
            return site;
        } catch (StartFailure e) {
            site.close();
            throw e;
        }
    }

    static URI issuer() {
        return URI.create("http://127.0.0.1/bench");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    Child gateway() {
        return Objects.requireNonNull(gateway);
    }

    @Override
    public void close() {
        closing.close();
    }

    private void start(URI upstream, URI jwks, List<String> command) {
        var postgres = closing.add(PostgresServer.start(
                programs,
                new PostgresServer.Settings(
                        folder.resolve("postgresql"),
                        FreePorts.next(),
                        password,
                        folder.resolve("postgresql.log"),
                        List.of(new PostgresServer.Database("gateway", password)),
                        List.of())));
        var redisPort = FreePorts.next();
        closing.keep(RedisServer.start(
                programs,
                new RedisServer.Settings(folder.resolve("redis"), redisPort, password, folder.resolve("redis.log"))));
        var kafkaPort = FreePorts.next();
        closing.keep(KafkaServer.start(
                programs,
                new KafkaServer.Settings(
                        folder.resolve("kafka"), kafkaPort, FreePorts.next(), folder.resolve("kafka.log"))));
        var properties = new HashMap<String, Object>();
        properties.put("darvoza.database.port", postgres.port());
        properties.put("darvoza.database.password", password);
        properties.put("spring.data.redis.port", redisPort);
        properties.put("spring.data.redis.password", password);
        properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + kafkaPort);
        properties.put("darvoza.identity.issuer", issuer());
        properties.put("darvoza.identity.jwks-uri", jwks);
        properties.put("spring.cloud.discovery.client.simple.instances.banking-docs-service[0].uri", upstream);
        gateway(properties, command);
    }

    private void gateway(Map<String, Object> properties, List<String> command) {
        properties.put("spring.profiles.active", "local");
        properties.put("server.port", port);
        properties.put("management.server.port", management);
        properties.put("darvoza.public-url", "http://127.0.0.1:" + port);
        properties.put("darvoza.identity.client-secret", password);
        properties.put("eureka.client.enabled", false);
        for (var limit : List.of("principal", "address", "refused")) {
            properties.put("darvoza.gateway.limits." + limit + ".rate", NO_LIMIT);
            properties.put("darvoza.gateway.limits." + limit + ".burst", NO_LIMIT);
        }
        var environment = Map.of(
                "SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(properties), "MALLOC_ARENA_MAX", "2");
        gateway = closing.add(Child.start(
                new Child.Command("The gateway", command, environment, folder.resolve("gateway.log"), "TERM")));
        var health = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(management));
        Readiness.await(gateway, START_LIMIT, Readiness.http(health));
    }
}
