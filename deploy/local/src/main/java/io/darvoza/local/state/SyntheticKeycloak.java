package io.darvoza.local.state;

import io.darvoza.local.infrastructure.KeycloakServer;
import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Keycloak for tests: the suite's realm with made-up secrets, free ports, and a PostgreSQL of its own. */
public final class SyntheticKeycloak implements AutoCloseable {

    private static final PostgresServer.Database DATABASE = new PostgresServer.Database("keycloak", "synthetic");

    private final Map<String, String> secrets;
    private final PostgresServer postgres;
    private final KeycloakServer.Settings settings;
    private KeycloakServer keycloak;

    private SyntheticKeycloak(Map<String, String> secrets, PostgresServer postgres, KeycloakServer.Settings settings) {
        this.secrets = secrets;
        this.postgres = postgres;
        this.settings = settings;
        this.keycloak = KeycloakServer.start(Programs.find(), settings);
    }

    /**
     * Starts it.
     *
     * @param folder for data and logs
     * @param publicUrl the gateway's address, behind which people and tokens know it
     * @param others further databases that its PostgreSQL is to have
     */
    public static SyntheticKeycloak start(Path folder, String publicUrl, PostgresServer.Database... others) {
        var realm = Programs.root().resolve("deploy/keycloak/darvoza-realm.json");
        var secrets = new HashMap<String, String>();
        Realm.read(realm).placeholders().forEach(name -> secrets.put(name, "Synthetic-" + name));
        secrets.put("DARVOZA_PUBLIC_URL", publicUrl);
        var databases = new ArrayList<>(List.of(others));
        databases.add(DATABASE);
        var postgres = PostgresServer.start(
                Programs.find(),
                new PostgresServer.Settings(
                        folder.resolve("postgres"),
                        FreePorts.next(),
                        "synthetic",
                        folder.resolve("postgres.log"),
                        databases,
                        List.of("fsync=off")));
        var settings = new KeycloakServer.Settings(
                folder.resolve("keycloak"),
                FreePorts.next(),
                FreePorts.next(),
                URI.create(publicUrl + "/auth"),
                postgres.port(),
                DATABASE,
                "synthetic-admin",
                realm,
                secrets,
                folder.resolve("keycloak.log"));
        try {
            return new SyntheticKeycloak(secrets, postgres, settings);
        } catch (StartFailure e) {
            postgres.close();
            throw e;
        }
    }

    /** An endpoint of OpenID Connect, reached past the gateway. */
    public URI endpoint(String name) {
        return URI.create(keycloak.internalUrl() + "/realms/darvoza/protocol/openid-connect/" + name);
    }

    public String password(String user) {
        return Objects.requireNonNull(secrets.get(Realm.password(user)), user);
    }

    public String secret(String client) {
        return Objects.requireNonNull(secrets.get(Realm.secret(client)), client);
    }

    /** Where its PostgreSQL listens. */
    public int databasePort() {
        return postgres.port();
    }

    /** Stops Keycloak; its data stay. */
    public void stop() {
        keycloak.close();
    }

    /** Starts it again, where it was. */
    public void startAgain() {
        keycloak = KeycloakServer.start(Programs.find(), settings);
    }

    @Override
    public void close() {
        keycloak.close();
        postgres.close();
    }
}
