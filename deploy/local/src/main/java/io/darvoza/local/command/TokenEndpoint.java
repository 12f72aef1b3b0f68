package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Gets access tokens for the demo people and programs of a running suite. */
public final class TokenEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SuiteFolder folder;
    private final Realm realm;
    private final Secrets secrets;

    public TokenEndpoint(SuiteFolder folder) {
        this.folder = folder;
        this.realm = Realm.read(folder.realm());
        this.secrets = Secrets.existing(folder);
    }

    /** A user's token by the password grant, a client's by client credentials. */
    public String token(String name) throws IOException, InterruptedException {
        var form = new TreeMap<String, String>();
        if (realm.users().contains(name)) {
            form.putAll(Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "suite-cli",
                    "username",
                    name,
                    "password",
                    secrets.password(Realm.password(name))));
        } else if (realm.clients().contains(name)) {
            form.putAll(Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    name,
                    "client_secret",
                    secrets.password(Realm.secret(name))));
        } else {
            throw new StartFailure("%s is neither a demo user (%s) nor a client (%s)"
                    .formatted(name, String.join(", ", realm.users()), String.join(", ", realm.clients())));
        }
        return request(form);
    }

    private String request(Map<String, String> form) throws IOException, InterruptedException {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(address())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StartFailure("Keycloak gives no token: %d %s".formatted(answer.statusCode(), answer.body()));
            }
            return new JsonMapper().readTree(answer.body()).get("access_token").asString();
        } catch (ConnectException e) {
            throw new StartFailure("Keycloak does not answer on %s; is the suite up?".formatted(address()));
        }
    }

    private URI address() {
        return folder.ports().address(SuitePort.KEYCLOAK).resolve("/auth/realms/darvoza/protocol/openid-connect/token");
    }
}
