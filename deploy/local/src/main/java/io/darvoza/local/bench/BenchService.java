package io.darvoza.local.bench;

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
import tools.jackson.databind.json.JsonMapper;

/** An application of the suite that runs outside of one, on free ports. */
record BenchService(Child process, int port, int management) implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int NO_LIMIT = 100_000_000;

    /** Returns when it is ready and not one request has passed it. */
    static BenchService start(String name, List<String> command, Map<String, Object> properties, Path folder) {
        var port = FreePorts.next();
        var management = FreePorts.next();
        var all = new HashMap<String, Object>(Map.of("darvoza.public-url", "http://127.0.0.1:" + port));
        all.putAll(properties);
        all.putAll(Map.of("server.port", port, "management.server.port", management));
        var log = folder.resolve(name + ".log");
        var process = Child.start(new Child.Command(name, command, environment(all), log, "TERM"));
        try {
            var health = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(management));
            Readiness.await(process, START_LIMIT, Readiness.http(health));
        } catch (StartFailure e) {
            process.close();
            throw e;
        }
        return new BenchService(process, port, management);
    }

    /** Runs it up to the point where it would open its port: then its database has its tables. */
    static void migrate(String name, List<String> command, Map<String, Object> properties, Path folder) {
        var environment = new HashMap<>(environment(properties));
        environment.put("JAVA_TOOL_OPTIONS", "-Dspring.context.exit=onRefresh");
        var log = folder.resolve(name + "-migration.log");
        try (var process = Child.start(new Child.Command(name, command, environment, log, "TERM"))) {
            if (process.await(START_LIMIT.toSeconds()) != 0) {
                throw new StartFailure(name + " cannot make its tables", log);
            }
        }
    }

    /** What raises the gateway's limits out of the way; they go on counting. */
    static Map<String, Object> wideLimits() {
        var properties = new HashMap<String, Object>();
        for (var limit : List.of("principal", "address", "refused")) {
            properties.put("darvoza.gateway.limits." + limit + ".rate", NO_LIMIT);
            properties.put("darvoza.gateway.limits." + limit + ".burst", NO_LIMIT);
        }
        return properties;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Map<String, String> environment(Map<String, Object> properties) {
        return Map.of(
                "SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(properties), "MALLOC_ARENA_MAX", "2");
    }

    @Override
    public void close() {
        process.close();
    }
}
