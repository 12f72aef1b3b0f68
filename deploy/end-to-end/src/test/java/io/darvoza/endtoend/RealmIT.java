package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.state.Realm;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The realm's file, imported into the suite's Keycloak; asked past the gateway. */
class RealmIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningSuite suite = RunningSuite.get();

    @Test
    void aUsersTokenCarriesWhatTheSuiteReliesOn() throws Exception {
        var answer = password("bank_client");
        var token = answer.get("access_token").asString();

        assertThat(part(token, 0).get("alg").asString()).isEqualTo("PS256");
        var claims = part(token, 1);
        assertThat(claims.get("iss").asString()).isEqualTo(suite.address() + "/auth/realms/darvoza");
        assertThat(claims.get("aud").asString()).isEqualTo("darvoza-api");
        assertThat(claims.get("sub").asString()).isEqualTo("00000000-0000-4000-8000-000000000123");
        assertThat(claims.get("typ").asString()).isEqualTo("Bearer");
        assertThat(claims.get("azp").asString()).isEqualTo("suite-cli");
        assertThat(claims.get("preferred_username").asString()).isEqualTo("bank_client");
        assertThat(claims.get("given_name").asString()).isNotBlank();
        assertThat(claims.get("family_name").asString()).isNotBlank();
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(300);
        assertThat(roles(claims)).containsExactly("bank_client");
    }

    @Test
    void everyUserAndEveryClientGetsAToken() throws Exception {
        var realm = Realm.read(Programs.root().resolve("deploy/keycloak/darvoza-realm.json"));
        for (var user : realm.users()) {
            assertThat(password(user).has("access_token")).as(user).isTrue();
        }
        for (var client : realm.clients()) {
            var answer = clientCredentials(client);
            // The gateway signs people in and has no identity of its own.
            assertThat(answer.has("access_token")).as(client).isEqualTo(!"gateway".equals(client));
        }
    }

    @Test
    void aPartnersProgramAndItsPeopleNameThePartner() throws Exception {
        var program = part(clientCredentials("partner").get("access_token").asString(), 1);
        assertThat(program.get("azp").asString()).isEqualTo("partner");
        assertThat(roles(program)).containsExactly("partner");

        var person = part(password("partner_user2").get("access_token").asString(), 1);
        assertThat(person.get("partner").asString()).isEqualTo("partner2");
        assertThat(roles(person)).containsExactly("partner");
    }

    @Test
    void aRefreshTokenUsedTwiceEndsItsWholeChain() throws Exception {
        var first = password("egov_user").get("refresh_token").asString();
        var second = refresh(first);
        assertThat(second.has("access_token")).isTrue();

        assertThat(refresh(first).get("error").asString()).isEqualTo("invalid_grant");
        assertThat(refresh(second.get("refresh_token").asString()).get("error").asString())
                .isEqualTo("invalid_grant");
    }

    @Test
    void onlyPs256IsOffered() throws Exception {
        var keys = send(HttpRequest.newBuilder(endpoint("certs")).build()).get("keys");
        assertThat(keys.valueStream().map(key -> key.get("alg").asString())).containsExactly("PS256");
    }

    @Test
    void theGatewaysLoginNeedsPkceAndItsOwnAddress() throws Exception {
        var login = "?client_id=gateway&response_type=code&scope=openid&redirect_uri=";
        var own = URLEncoder.encode(suite.address() + "/login/oauth2/code/keycloak", StandardCharsets.UTF_8);
        var challenge = "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        assertThat(get(login + own + challenge).statusCode()).isEqualTo(200);
        assertThat(get(login + own).headers().firstValue("location"))
                .hasValueSatisfying(location -> assertThat(location).contains("error=invalid_request"));
        assertThat(get(login + "https%3A%2F%2Fevil.example%2F" + challenge).statusCode())
                .isEqualTo(400);
    }

    private JsonNode password(String user) throws Exception {
        return token(Map.of(
                "grant_type",
                "password",
                "client_id",
                "suite-cli",
                "username",
                user,
                "password",
                suite.secret(Realm.password(user))));
    }

    private JsonNode clientCredentials(String client) throws Exception {
        return token(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                client,
                "client_secret",
                suite.secret(Realm.secret(client))));
    }

    private JsonNode refresh(String token) throws Exception {
        return token(Map.of("grant_type", "refresh_token", "client_id", "suite-cli", "refresh_token", token));
    }

    private JsonNode token(Map<String, String> form) throws Exception {
        var body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(endpoint("token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private URI endpoint(String name) {
        return suite.partAt(8180).resolve("/auth/realms/darvoza/protocol/openid-connect/" + name);
    }

    private HttpResponse<String> get(String query) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(endpoint("auth") + query)).build(), BodyHandlers.ofString());
    }

    private JsonNode send(HttpRequest request) throws Exception {
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static JsonNode part(String token, int number) {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[number]));
    }

    private static List<String> roles(JsonNode claims) {
        return claims.at("/realm_access/roles")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
