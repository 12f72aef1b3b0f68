package io.darvoza.gateway.door;

import io.darvoza.local.infrastructure.KeycloakServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.state.Realm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real Keycloak with the suite's realm, behind a gateway at an address that is fixed beforehand. */
final class LocalKeycloak implements AutoCloseable {

    private final Map<String, String> secrets = new HashMap<>();
    private final PostgresServer postgres;
    private final KeycloakServer keycloak;

    LocalKeycloak(String publicUrl) {
        Programs programs = Programs.find();
        Path folder = folder();
        Path realm = Programs.root().resolve("deploy/keycloak/darvoza-realm.json");
        Realm.read(realm).placeholders().forEach(name -> secrets.put(name, "Synthetic-" + name));
        secrets.put("DARVOZA_PUBLIC_URL", publicUrl);
        PostgresServer.Database database = new PostgresServer.Database("keycloak", "synthetic");
        postgres = PostgresServer.start(
                programs,
                new PostgresServer.Settings(
                        folder.resolve("postgres"),
                        FreePorts.next(),
                        "synthetic",
                        folder.resolve("postgres.log"),
                        List.of(database),
                        List.of("fsync=off")));
        keycloak = KeycloakServer.start(
                programs,
                new KeycloakServer.Settings(
                        folder.resolve("keycloak"),
                        FreePorts.next(),
                        FreePorts.next(),
                        URI.create(publicUrl + "/auth"),
                        postgres.port(),
                        database,
                        "synthetic-admin",
                        realm,
                        secrets,
                        folder.resolve("keycloak.log")));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("gateway-keycloak");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An endpoint of OpenID Connect, reached past the gateway. */
    String inside(String endpoint) {
        return keycloak.internalUrl() + "/realms/darvoza/protocol/openid-connect/" + endpoint;
    }

    String password(String user) {
        return secrets.get(Realm.password(user));
    }

    String secret(String client) {
        return secrets.get(Realm.secret(client));
    }

    @Override
    public void close() {
        keycloak.close();
        postgres.close();
    }
}
