package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Keycloak on 127.0.0.1 with its data in PostgreSQL, a realm from a file and a public address of its own. */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(300);

    /** Client compiler and serial collector: 340 MB instead of 450, and logins of a handful of people do not notice. */
    private static final List<String> JVM = List.of(
            "-Xms48m",
            "-Xmx128m",
            "-XX:MaxMetaspaceSize=200m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true");

    private final Settings settings;
    private final Child server;

    private KeycloakServer(Settings settings, Child server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * How to run it.
     *
     * @param home folder for this server's own files
     * @param realm imported at the first start; its placeholders are replaced from {@code placeholders}
     * @param publicUrl what browsers and tokens name, ends in {@code /auth}
     */
    public record Settings(
            Path home,
            int port,
            int managementPort,
            URI publicUrl,
            int databasePort,
            PostgresServer.Database database,
            String adminPassword,
            Path realm,
            Map<String, String> placeholders,
            Path log) {}

    /** Starts and returns when it says that it is ready. The very first start in a working copy builds it: 20 s more. */
    public static KeycloakServer start(Programs programs, Settings settings) {
        furnish(programs.keycloak(KeycloakBuild.LOCAL), settings);
        var server = Readiness.started(
                new Child.Command("Keycloak", command(settings.home()), environment(settings), settings.log(), "TERM"),
                START_LIMIT,
                Readiness.http(readiness(settings.managementPort())));
        return new KeycloakServer(settings, server);
    }

    /** Where it is reached from this machine, past the gateway; ends in {@code /auth}. */
    public URI internalUrl() {
        return URI.create("http://127.0.0.1:" + settings.port() + "/auth");
    }

    public Child process() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    private static URI readiness(int managementPort) {
        return URI.create("http://127.0.0.1:" + managementPort + "/auth/health/ready");
    }

    /** The programs are shared by links; configuration and imported realm are this server's own. */
    private static void furnish(Path distribution, Settings settings) {
        try {
            var imports = Files.createDirectories(settings.home().resolve("data/import"));
            for (var shared : List.of("lib", "conf", "providers", "themes")) {
                var link = settings.home().resolve(shared);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, distribution.resolve(shared).toAbsolutePath());
            }
            Files.copy(
                    settings.realm(),
                    imports.resolve(settings.realm().getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home) {
        var words = new ArrayList<String>();
        words.add(JavaCommand.PATH);
        words.addAll(JVM);
        words.addAll(List.of(
                "-Dkc.home.dir=" + home.toAbsolutePath(),
                "-Djboss.server.config.dir=" + home.toAbsolutePath().resolve("conf"),
                "-cp",
                home.toAbsolutePath().resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--import-realm"));
        return words;
    }

    private static Map<String, String> environment(Settings settings) {
        var environment = new HashMap<>(settings.placeholders());
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put(
                "KC_DB_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(settings.databasePort(), settings.database().name()));
        environment.put("KC_DB_USERNAME", settings.database().name());
        environment.put("KC_DB_PASSWORD", settings.database().password());
        environment.put("KC_DB_POOL_INITIAL_SIZE", "1");
        environment.put("KC_DB_POOL_MIN_SIZE", "1");
        environment.put("KC_DB_POOL_MAX_SIZE", "10");
        environment.put("KC_HTTP_ENABLED", "true");
        environment.put("KC_HTTP_HOST", "127.0.0.1");
        environment.put("KC_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("KC_HTTP_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("KC_HTTP_MANAGEMENT_PORT", Integer.toString(settings.managementPort()));
        environment.put("KC_HOSTNAME", settings.publicUrl().toString());
        environment.put("KC_PROXY_HEADERS", "xforwarded");
        environment.put("KC_PROXY_TRUSTED_ADDRESSES", "127.0.0.1");
        environment.put("KC_CACHE", "local");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.adminPassword());
        environment.put("KC_LOG_LEVEL", "info,io.smallrye.health:off");
        return environment;
    }
}
