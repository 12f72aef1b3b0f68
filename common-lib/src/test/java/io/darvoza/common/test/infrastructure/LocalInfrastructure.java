package io.darvoza.common.test.infrastructure;

import io.darvoza.local.infrastructure.KafkaServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.RedisServer;
import io.darvoza.local.infrastructure.S3Server;
import io.darvoza.local.process.FreePorts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Servers as processes from Maven artifacts, on free ports of 127.0.0.1. */
final class LocalInfrastructure implements Infrastructure {

    /** Every server of a test JVM has it; nobody else can reach them. */
    static final String PASSWORD = "synthetic";

    private @Nullable PostgresAccess postgres;
    private @Nullable KafkaAccess kafka;
    private @Nullable RedisAccess redis;
    private @Nullable S3Access s3;

    @Override
    public synchronized PostgresAccess postgres() {
        if (postgres == null) {
            postgres = access(Scratch.closedAtEnd(startPostgres("postgres", FreePorts.next())));
        }
        return postgres;
    }

    @Override
    public synchronized KafkaAccess kafka() {
        if (kafka == null) {
            kafka = access(Scratch.closedAtEnd(startKafka("kafka", FreePorts.next(), FreePorts.next())));
        }
        return kafka;
    }

    @Override
    public synchronized RedisAccess redis() {
        if (redis == null) {
            redis = access(Scratch.closedAtEnd(startRedis("redis", FreePorts.next())));
        }
        return redis;
    }

    @Override
    public synchronized S3Access s3() {
        if (s3 == null) {
            var server = Scratch.closedAtEnd(S3Server.start(
                    Programs.find(),
                    new S3Server.Settings(
                            Scratch.folder("s3"),
                            FreePorts.next(),
                            "test",
                            PASSWORD,
                            List.of(),
                            Scratch.folder("s3.log"))));
            s3 = new S3Access(server.endpoint(), server.region(), server.accessKey(), server.secretKey());
        }
        return s3;
    }

    static PostgresServer startPostgres(String name, int port) {
        return PostgresServer.start(
                Programs.find(),
                new PostgresServer.Settings(
                        Scratch.folder(name),
                        port,
                        PASSWORD,
                        Scratch.folder(name + ".log"),
                        List.of(),
                        List.of("fsync=off", "full_page_writes=off")));
    }

    static KafkaServer startKafka(String name, int port, int controllerPort) {
        return KafkaServer.start(
                Programs.find(),
                new KafkaServer.Settings(Scratch.folder(name), port, controllerPort, Scratch.folder(name + ".log")));
    }

    static RedisServer startRedis(String name, int port) {
        return RedisServer.start(
                Programs.find(),
                new RedisServer.Settings(Scratch.folder(name), port, PASSWORD, Scratch.folder(name + ".log")));
    }

    static PostgresAccess access(PostgresServer server) {
        return new PostgresAccess(server.host(), server.port(), PostgresServer.SUPERUSER, server.superuserPassword());
    }

    static KafkaAccess access(KafkaServer server) {
        return new KafkaAccess(server.bootstrapServers());
    }

    static RedisAccess access(RedisServer server) {
        return new RedisAccess(server.host(), server.port(), server.password());
    }
}
