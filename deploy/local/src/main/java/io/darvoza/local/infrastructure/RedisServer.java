package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis server on 127.0.0.1 with a password. It keeps nothing on disk: Redis holds only what may be lost. */
public final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String CONFIGURATION = """
            bind 127.0.0.1
            port %d
            requirepass %s
            dir %s
            save ""
            appendonly no
            maxmemory 64mb
            maxmemory-policy volatile-lru
            """;

    private final Settings settings;
    private final Child server;

    private RedisServer(Settings settings, Child server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * How to run it.
     *
     * @param folder for the configuration, which holds the password
     */
    public record Settings(Path folder, int port, String password, Path log) {}

    /** Starts and returns when clients can connect. */
    public static RedisServer start(Programs programs, Settings settings) {
        var configuration = configure(settings);
        var server = Readiness.started(
                new Child.Command(
                        "Redis", List.of(programs.redisServer().toString(), configuration.toString()), settings.log()),
                START_LIMIT,
                Readiness.port(settings.port()));
        return new RedisServer(settings, server);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return settings.port();
    }

    public String password() {
        return settings.password();
    }

    public Child process() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    private static Path configure(Settings settings) {
        try {
            var folder = Files.createDirectories(settings.folder()).toAbsolutePath();
            var file = folder.resolve("redis.conf");
            PrivateFile.write(file, CONFIGURATION.formatted(settings.port(), settings.password(), folder));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
