package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.KafkaServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.RedisServer;
import io.darvoza.local.process.FreePorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * PostgreSQL, Redis and Kafka as the suite runs them, empty, on free ports.
 *
 * @param password of every login
 */
record BenchBackends(PostgresServer postgres, int redisPort, int kafkaPort, String password, Closing closing)
        implements AutoCloseable {

    /** With these databases, each with a login of its name; the options are PostgreSQL's. */
    static BenchBackends start(Programs programs, Path folder, List<String> databases, List<String> options) {
        var closing = new Closing();
        var password = UUID.randomUUID().toString().replace("-", "");
        try {
            var postgres = closing.add(PostgresServer.start(
                    programs,
                    new PostgresServer.Settings(
                            folder.resolve("postgresql"),
                            FreePorts.next(),
                            password,
                            folder.resolve("postgresql.log"),
                            databases.stream()
                                    .map(name -> new PostgresServer.Database(name, password))
                                    .toList(),
                            options)));
            var redisPort = FreePorts.next();
            closing.keep(RedisServer.start(
                    programs,
                    new RedisServer.Settings(
                            folder.resolve("redis"), redisPort, password, folder.resolve("redis.log"))));
            var kafkaPort = FreePorts.next();
            closing.keep(KafkaServer.start(
                    programs,
                    new KafkaServer.Settings(
                            folder.resolve("kafka"), kafkaPort, FreePorts.next(), folder.resolve("kafka.log"))));
            return new BenchBackends(postgres, redisPort, kafkaPort, password, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** The properties of an application that uses them. */
    Map<String, Object> properties(String database) {
        var properties = new HashMap<String, Object>();
        properties.put("darvoza.database.name", database);
        properties.put("darvoza.database.port", postgres.port());
        properties.put("darvoza.database.password", password);
        properties.put("spring.data.redis.port", redisPort);
        properties.put("spring.data.redis.password", password);
        properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + kafkaPort);
        properties.put("spring.profiles.active", "local");
        properties.put("darvoza.identity.client-secret", password);
        properties.put("eureka.client.enabled", false);
        return properties;
    }

    @Override
    public void close() {
        closing.close();
    }
}
