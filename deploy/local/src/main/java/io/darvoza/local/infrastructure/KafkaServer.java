package io.darvoza.local.infrastructure;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A single Kafka broker (KRaft, plain text) on 127.0.0.1 whose records outlive it. Topics are never made by use. */
public final class KafkaServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String CONFIGURATION = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=PLAINTEXT
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%3$s
            num.partitions=6
            auto.create.topics.enable=false
            offsets.topic.num.partitions=5
            offsets.topic.replication.factor=1
            transaction.state.log.num.partitions=5
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            # A killed broker's session is waited for at the next start: 4 s instead of 13.
            broker.session.timeout.ms=2000
            broker.heartbeat.interval.ms=500
            num.network.threads=2
            num.io.threads=2
            log.cleaner.dedupe.buffer.size=8388608
            """;

    private final Settings settings;
    private final Child broker;

    private KafkaServer(Settings settings, Child broker) {
        this.settings = settings;
        this.broker = broker;
    }

    /**
     * How to run it.
     *
     * @param data made and formatted when absent
     */
    public record Settings(Path data, int port, int controllerPort, Path log) {}

    /** Starts and returns when clients can connect. */
    public static KafkaServer start(Programs programs, Settings settings) {
        var launch = new Launch(programs.kafka(), settings);
        launch.configure();
        var broker = Readiness.started(
                new Child.Command(
                        "Kafka",
                        launch.java("kafka.Kafka", launch.configuration().toString()),
                        settings.log()),
                START_LIMIT,
                Readiness.port(settings.port()));
        return new KafkaServer(settings, broker);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    public Child process() {
        return broker;
    }

    @Override
    public void close() {
        broker.close();
    }

    private record Launch(Path jars, Settings settings) {

        Path configuration() {
            return settings.data().resolve("server.properties");
        }

        void configure() {
            var records = settings.data().resolve("records");
            try (InputStream logging = KafkaServer.class.getResourceAsStream("kafka-log4j2.properties")) {
                Files.createDirectories(settings.data());
                Files.copy(logging, logging(), StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(
                        configuration(),
                        CONFIGURATION.formatted(settings.port(), settings.controllerPort(), records.toAbsolutePath()));
                if (!Files.exists(records.resolve("meta.properties"))) {
                    format();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void format() {
            var command = java(
                    "kafka.tools.StorageTool",
                    "format",
                    "--ignore-formatted",
                    "--cluster-id=" + clusterId(),
                    "--config=" + configuration());
            try (var format = Child.start(new Child.Command("Kafka's storage tool", command, settings.log()))) {
                if (format.await(60) != 0) {
                    throw new StartFailure("Kafka cannot format " + settings.data(), settings.log());
                }
            }
        }

        List<String> java(String mainClass, String... arguments) {
            var words = new ArrayList<>(List.of(
                    JavaCommand.PATH,
                    "-Xms64m",
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlog4j2.configurationFile=" + logging(),
                    "-cp",
                    jars.resolve("*").toString(),
                    mainClass));
            words.addAll(List.of(arguments));
            return words;
        }

        private Path logging() {
            return settings.data().resolve("log4j2.properties");
        }

        /** 16 random bytes as Kafka writes them. */
        private static String clusterId() {
            var id = new byte[16];
            new SecureRandom().nextBytes(id);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        }
    }
}
