package io.darvoza.local.supervisor;

import static io.darvoza.local.state.SuitePort.KAFKA;
import static io.darvoza.local.state.SuitePort.KAFKA_CONTROLLER;
import static io.darvoza.local.state.SuitePort.KEYCLOAK;
import static io.darvoza.local.state.SuitePort.KEYCLOAK_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.POSTGRESQL;
import static io.darvoza.local.state.SuitePort.REDIS;
import static io.darvoza.local.state.SuitePort.S3;

import io.darvoza.local.infrastructure.KafkaServer;
import io.darvoza.local.infrastructure.KeycloakServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.PostgresServer.Database;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.RedisServer;
import io.darvoza.local.infrastructure.S3Server;
import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All parts of a suite, each after those it needs.
 *
 * @param chosen the services that run beside registry and gateway
 */
record Parts(SuiteFolder folder, Programs programs, Secrets secrets, Realm realm, List<Service> chosen, Clock clock) {

    private static final String POSTGRES_NAME = "postgresql";
    private static final String KAFKA_NAME = "kafka";
    private static final String REDIS_NAME = "redis";
    private static final String S3_NAME = "s3";
    private static final String KEYCLOAK_NAME = "keycloak";

    List<Part> all() {
        var parts = new ArrayList<>(List.of(
                part(POSTGRES_NAME, Set.of(), this::postgres, POSTGRESQL),
                part(KAFKA_NAME, Set.of(), this::kafka, KAFKA, KAFKA_CONTROLLER),
                part(REDIS_NAME, Set.of(), this::redis, REDIS),
                part(S3_NAME, Set.of(), this::s3, S3),
                part(KEYCLOAK_NAME, Set.of(POSTGRES_NAME), this::keycloak, KEYCLOAK, KEYCLOAK_MANAGEMENT)));
        for (var process : services()) {
            parts.add(service(process));
        }
        return parts;
    }

    List<ServiceProcess> services() {
        var environment = new ServiceEnvironment(folder, secrets, realm);
        return Stream.of(Stream.of(Service.REGISTRY), chosen.stream(), Stream.of(Service.DOOR))
                .flatMap(services -> services)
                .map(service -> new ServiceProcess(service, folder, environment.of(service), clock))
                .toList();
    }

    private Part service(ServiceProcess process) {
        var service = process.service();
        return part(service.name(), needs(service), process::start, service.port(), service.management());
    }

    private static Set<String> needs(Service service) {
        if (service == Service.OUTSIDE) {
            return Set.of(KAFKA_NAME);
        }
        return service.database().isEmpty()
                ? Set.of()
                : Set.of(POSTGRES_NAME, KAFKA_NAME, REDIS_NAME, S3_NAME, Service.REGISTRY.name());
    }

    private Child postgres() {
        var databases = new ArrayList<Database>();
        databases.add(database(KEYCLOAK_NAME));
        Stream.concat(Stream.of(Service.DOOR), Service.BUSINESS.stream())
                .map(service -> database(service.database()))
                .forEach(databases::add);
        return PostgresServer.start(
                        programs,
                        new PostgresServer.Settings(
                                folder.data().resolve(POSTGRES_NAME),
                                folder.ports().of(POSTGRESQL),
                                secrets.password("postgres"),
                                folder.log(POSTGRES_NAME),
                                databases,
                                List.of()))
                .process();
    }

    private Child kafka() {
        return KafkaServer.start(
                        programs,
                        new KafkaServer.Settings(
                                folder.data().resolve(KAFKA_NAME),
                                folder.ports().of(KAFKA),
                                folder.ports().of(KAFKA_CONTROLLER),
                                folder.log(KAFKA_NAME)))
                .process();
    }

    private Child redis() {
        return RedisServer.start(
                        programs,
                        new RedisServer.Settings(
                                folder.data().resolve(REDIS_NAME),
                                folder.ports().of(REDIS),
                                secrets.password(REDIS_NAME),
                                folder.log(REDIS_NAME)))
                .process();
    }

    private Child s3() {
        return S3Server.start(
                        programs,
                        new S3Server.Settings(
                                folder.data().resolve(S3_NAME),
                                folder.ports().of(S3),
                                secrets.password("s3.access-key"),
                                secrets.password("s3.secret-key"),
                                List.of(ServiceEnvironment.BUCKET),
                                folder.log(S3_NAME)))
                .process();
    }

    private Child keycloak() {
        var placeholders = new HashMap<>(
                Map.of("DARVOZA_PUBLIC_URL", folder.ports().publicUrl().toString()));
        realm.placeholders().forEach(name -> placeholders.put(name, secrets.password(name)));
        var server = KeycloakServer.start(
                        programs,
                        new KeycloakServer.Settings(
                                folder.data().resolve(KEYCLOAK_NAME),
                                folder.ports().of(KEYCLOAK),
                                folder.ports().of(KEYCLOAK_MANAGEMENT),
                                folder.ports().publicUrl().resolve("/auth"),
                                folder.ports().of(POSTGRESQL),
                                database(KEYCLOAK_NAME),
                                secrets.password("keycloak-admin"),
                                folder.realm(),
                                placeholders,
                                folder.log(KEYCLOAK_NAME)))
                .process();
        try {
            new FrontDoor(folder).warmIssuer();
            return server;
        } catch (StartFailure e) {
            server.close();
            throw e;
        }
    }

    private Database database(String name) {
        return new Database(name, secrets.password("database." + name));
    }

    private Part part(String name, Set<String> needs, Supplier<Child> start, SuitePort... ports) {
        return new Part(
                name, needs, Stream.of(ports).distinct().map(folder.ports()::of).toList(), start);
    }
}
