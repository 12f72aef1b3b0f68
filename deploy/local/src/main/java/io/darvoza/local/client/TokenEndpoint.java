package io.darvoza.local.client;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Gets access tokens for the demo people and programs of a running suite. */
public final class TokenEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI address;
    private final Realm realm;
    private final Secrets secrets;

    private TokenEndpoint(SuiteFolder folder, URI address) {
        this.address = address;
        this.realm = Realm.read(folder.realm());
        this.secrets = Secrets.existing(folder);
    }

    /** As a program outside does it. */
    public static TokenEndpoint throughGateway(SuiteFolder folder) {
        return new TokenEndpoint(folder, folder.ports().publicUrl().resolve("/v1/token"));
    }

    /** Past the gateway and its limits. */
    public static TokenEndpoint ofKeycloak(SuiteFolder folder) {
        return new TokenEndpoint(
                folder,
                folder.ports()
                        .address(SuitePort.KEYCLOAK)
                        .resolve("/auth/realms/darvoza/protocol/openid-connect/token"));
    }

    /** A user's token by the password grant, a client's by client credentials. */
    public String token(String name) {
        if (realm.users().contains(name)) {
            return request(Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "suite-cli",
                    "username",
                    name,
                    "password",
                    secrets.password(Realm.password(name))));
        }
        if (realm.clients().contains(name)) {
            return request(Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    name,
                    "client_secret",
                    secrets.password(Realm.secret(name))));
        }
        throw realm.unknown(name);
    }

    private String request(Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var reply = new Http(address)
                .send(HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
        if (reply.status() != 200) {
            throw new StartFailure("%s gives no token: %d %s"
                    .formatted(address, reply.status(), new String(reply.whole().body(), StandardCharsets.UTF_8)));
        }
        return reply.json().get("access_token").asString();
    }
}
