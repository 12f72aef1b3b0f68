package io.darvoza.local.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.local.process.FreePorts;
import io.darvoza.local.process.StartFailure;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {

    private final Programs programs = Programs.find();

    @TempDir
    Path folder;

    @Test
    void postgresKeepsItsDataAndAddsDatabasesLater() {
        var first = new PostgresServer.Database("first", "secret1");
        var second = new PostgresServer.Database("second", "secret2");

        try (var server = PostgresServer.start(programs, postgres(FreePorts.next(), List.of(first)))) {
            assertThat(server.process().isAlive()).isTrue();
        }
        try (var server = PostgresServer.start(programs, postgres(FreePorts.next(), List.of(first, second)))) {
            assertThat(server.process().isAlive()).isTrue();
        }

        assertThat(folder.resolve("data/databases.made")).content().isEqualTo("first\nsecond\n");
    }

    @Test
    void kafkaRestartsOnItsData() {
        var settings = new KafkaServer.Settings(
                folder.resolve("kafka"), FreePorts.next(), FreePorts.next(), folder.resolve("kafka.log"));

        for (var start = 1; start <= 2; start++) {
            try (var server = KafkaServer.start(programs, settings)) {
                assertThat(server.bootstrapServers()).endsWith(":" + settings.port());
            }
        }
    }

    @Test
    void redisAsksForItsPassword() throws Exception {
        var settings = new RedisServer.Settings(
                folder.resolve("redis"), FreePorts.next(), "synthetic", folder.resolve("redis.log"));
        try (var server = RedisServer.start(programs, settings);
                var socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write("PING\r\nAUTH synthetic\r\nPING\r\n".getBytes(UTF_8));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answers.readLine()).startsWith("-NOAUTH");
            assertThat(answers.readLine()).isEqualTo("+OK");
            assertThat(answers.readLine()).isEqualTo("+PONG");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("redis/redis.conf")))
                .hasSize(2);
    }

    @Test
    void s3RefusesUnsignedRequests() throws Exception {
        var settings = new S3Server.Settings(
                folder.resolve("s3"), FreePorts.next(), "key", "secret", List.of("bucket"), folder.resolve("s3.log"));
        try (var server = S3Server.start(programs, settings);
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.endpoint().resolve("/bucket/object"))
                    .PUT(BodyPublishers.ofString("unsigned"))
                    .build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aServerThatDiesAtItsStartIsNamedWithItsLastLines() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> PostgresServer.start(programs, postgres(taken.getLocalPort(), List.of())))
                    .isInstanceOfSatisfying(StartFailure.class, failure -> {
                        assertThat(failure).hasMessageContaining("PostgreSQL ended with exit code");
                        assertThat(failure.lastLogLines()).anyMatch(line -> line.contains("could not bind"));
                    });
        }
    }

    private PostgresServer.Settings postgres(int port, List<PostgresServer.Database> databases) {
        return new PostgresServer.Settings(
                folder.resolve("data"), port, "synthetic", folder.resolve("postgres.log"), databases, List.of());
    }
}
