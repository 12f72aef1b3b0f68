package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An S3 server (s3proxy, signature version 4) on 127.0.0.1 that keeps its objects as files. */
public final class S3Server implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String CONFIGURATION = """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            s3proxy.ignore-unknown-headers=true
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            jclouds.identity=local
            jclouds.credential=local
            """;

    private final Settings settings;
    private final Child server;

    private S3Server(Settings settings, Child server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * How to run it.
     *
     * @param buckets made when they do not exist
     */
    public record Settings(Path data, int port, String accessKey, String secretKey, List<String> buckets, Path log) {}

    /** Starts and returns when clients can connect. */
    public static S3Server start(Programs programs, Settings settings) {
        var configuration = configure(settings);
        var server = Readiness.started(
                new Child.Command(
                        "S3",
                        List.of(
                                JavaCommand.PATH,
                                "-Xms32m",
                                "-Xmx160m",
                                "-XX:+UseSerialGC",
                                "-jar",
                                programs.s3proxyJar().toString(),
                                "--properties",
                                configuration.toString()),
                        settings.log()),
                START_LIMIT,
                Readiness.port(settings.port()));
        return new S3Server(settings, server);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + settings.port());
    }

    /** Any will do. */
    public String region() {
        return "local";
    }

    public String accessKey() {
        return settings.accessKey();
    }

    public String secretKey() {
        return settings.secretKey();
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
            var objects = settings.data().resolve("objects").toAbsolutePath();
            Files.createDirectories(objects);
            for (var bucket : settings.buckets()) {
                Files.createDirectories(objects.resolve(bucket));
            }
            var file = settings.data().resolve("s3proxy.properties");
            PrivateFile.write(
                    file,
                    CONFIGURATION.formatted(settings.port(), settings.accessKey(), settings.secretKey(), objects));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
