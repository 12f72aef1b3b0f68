package io.darvoza.common.test.infrastructure;

import java.net.URI;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The same servers as containers, for a machine with Docker. Testcontainers ends them with the JVM. */
final class ContainerInfrastructure implements Infrastructure {

    private static final String PASSWORD = "synthetic";
    private static final String S3_USER = "test";

    private final Supplier<PostgresAccess> postgres = SingletonSupplier.of(ContainerInfrastructure::startPostgres);
    private final Supplier<KafkaAccess> kafka = SingletonSupplier.of(ContainerInfrastructure::startKafka);
    private final Supplier<RedisAccess> redis = SingletonSupplier.of(ContainerInfrastructure::startRedis);
    private final Supplier<S3Access> s3 = SingletonSupplier.of(ContainerInfrastructure::startS3);

    @Override
    public PostgresAccess postgres() {
        return postgres.get();
    }

    @Override
    public KafkaAccess kafka() {
        return kafka.get();
    }

    @Override
    public RedisAccess redis() {
        return redis.get();
    }

    @Override
    public S3Access s3() {
        return s3.get();
    }

    private static PostgresAccess startPostgres() {
        var server = new GenericContainer<>(DockerImageName.parse("postgres:18"))
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=150")
                .withExposedPorts(5432)
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));
        server.start();
        return new PostgresAccess(server.getHost(), server.getMappedPort(5432), "postgres", PASSWORD);
    }

    private static KafkaAccess startKafka() {
        var broker = new KafkaContainer(DockerImageName.parse("apache/kafka:4.2.1"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        broker.start();
        return new KafkaAccess(broker.getBootstrapServers());
    }

    private static RedisAccess startRedis() {
        var server = new GenericContainer<>(DockerImageName.parse("redis:6.2"))
                .withCommand("redis-server", "--requirepass", PASSWORD, "--save", "")
                .withExposedPorts(6379);
        server.start();
        return new RedisAccess(server.getHost(), server.getMappedPort(6379), PASSWORD);
    }

    private static S3Access startS3() {
        var store = new GenericContainer<>(DockerImageName.parse("andrewgaul/s3proxy:s3proxy-4.1.0"))
                .withEnv("S3PROXY_AUTHORIZATION", "aws-v4")
                .withEnv("S3PROXY_IDENTITY", S3_USER)
                .withEnv("S3PROXY_CREDENTIAL", PASSWORD)
                .withEnv("S3PROXY_IGNORE_UNKNOWN_HEADERS", "true")
                .withEnv("JCLOUDS_PROVIDER", "filesystem-nio2")
                .withExposedPorts(80);
        store.start();
        return new S3Access(
                URI.create("http://%s:%d".formatted(store.getHost(), store.getMappedPort(80))),
                "local",
                S3_USER,
                PASSWORD);
    }
}
