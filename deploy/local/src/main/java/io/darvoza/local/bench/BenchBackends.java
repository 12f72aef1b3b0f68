package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.KafkaServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.RedisServer;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.state.TinkKeyset;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
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

    private static final int KEY_BYTES = 32;

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

    /** The same of a service with personal data, whose login is the database's name; tokens are {@link BenchSite#issuer}'s. */
    Map<String, Object> business(String database, URI jwks) {
        var properties = properties(database);
        properties.put("darvoza.database.username", database);
        properties.putAll(identity(jwks));
        properties.put("darvoza.encryption.keyset", TinkKeyset.aes256Gcm(new SecureRandom()));
        properties.put("darvoza.encryption.index-key", randomKey());
        return properties;
    }

    /** The same of a gateway before one service, its limits out of the way. */
    Map<String, Object> door(URI jwks, String service, URI address) {
        var properties = properties("gateway");
        properties.putAll(identity(jwks));
        properties.putAll(BenchService.wideLimits());
        properties.put("spring.cloud.discovery.client.simple.instances." + service + "[0].uri", address);
        return properties;
    }

    private static Map<String, Object> identity(URI jwks) {
        return Map.of("darvoza.identity.issuer", BenchSite.issuer(), "darvoza.identity.jwks-uri", jwks);
    }

    private static String randomKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    @Override
    public void close() {
        closing.close();
    }
}
