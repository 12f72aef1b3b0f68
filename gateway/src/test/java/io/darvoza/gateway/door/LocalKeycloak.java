package io.darvoza.gateway.door;

import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.state.SyntheticKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** A real Keycloak with the suite's realm behind a gateway at an address that is fixed beforehand, and the gateway's database. */
final class LocalKeycloak {

    private static final PostgresServer.Database GATEWAY = new PostgresServer.Database("gateway", "synthetic");

    private final SyntheticKeycloak keycloak;

    /** Runs until the JVM ends. */
    LocalKeycloak(String publicUrl) {
        try {
            Path folder = Files.createTempDirectory("gateway-keycloak");
            // Before it has started, for a JVM that does not wait so long.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
            keycloak = SyntheticKeycloak.start(folder, publicUrl, GATEWAY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void end(Path folder) {
        if (keycloak != null) {
            keycloak.close();
        }
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            System.err.println("a test folder was left behind: " + failure);
        }
    }

    Map<String, String> properties() {
        return Map.of(
                "darvoza.identity.jwks-uri", inside("certs"),
                "darvoza.identity.token-uri", inside("token"),
                "darvoza.identity.client-secret", secret("gateway"),
                "darvoza.database.port", Integer.toString(keycloak.databasePort()),
                "darvoza.database.password", GATEWAY.password());
    }

    /** An endpoint of OpenID Connect, reached past the gateway. */
    String inside(String endpoint) {
        return keycloak.endpoint(endpoint).toString();
    }

    String password(String user) {
        return keycloak.password(user);
    }

    String secret(String client) {
        return keycloak.secret(client);
    }

    void stop() {
        keycloak.stop();
    }

    void startAgain() {
        keycloak.startAgain();
    }
}
