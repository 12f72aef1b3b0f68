package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The login and its end, passwords, and tokens for programs, at a real Keycloak. */
class LoginIT extends PeoplesDoor {

    @Test
    void aPersonSignsInAndComesBackToWhereHeWanted() {
        HttpResponse<String> loginPage = browser.arriveAt("/documents?status=pending");
        assertThat(loginPage.uri().getPath()).isEqualTo("/auth/realms/darvoza/protocol/openid-connect/auth");
        String before = browser.session().getValue();

        HttpResponse<String> page = browser.signIn(loginPage, "bank_client", KEYCLOAK.password("bank_client"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri()).hasToString(HOME + "/documents?status=pending");
        assertThat(browser.session().isHttpOnly()).isTrue();
        assertThat(browser.session().getValue())
                .as("nobody can know it beforehand")
                .isNotEqualTo(before);
        assertThat(documents.lastCall().headers().get("authorization"))
                .singleElement()
                .asString()
                .startsWith("Bearer ey");
        assertThat(documents.lastCall().headers()).doesNotContainKey("cookie");
        assertThat(browser.fetch("/v1/me").body())
                .contains("\"username\":\"bank_client\"")
                .contains("\"roles\":[\"bank_client\"]")
                .contains("\"kind\":\"user\"")
                .doesNotContain("ey");
    }

    @Test
    void aScriptWithoutASessionGets401AndNoCookie() {
        HttpResponse<String> answer = browser.fetch("/v1/dbo/users/me");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(browser.cookieNames()).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionHereAndAtKeycloak() {
        signedIn("bank_client");
        assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);

        HttpResponse<String> out = browser.post("/logout", "", "Origin", HOME);
        assertThat(out.statusCode()).isEqualTo(303);
        HttpResponse<String> atKeycloak =
                browser.open(out.headers().firstValue("Location").orElseThrow());
        assertThat(atKeycloak.headers().firstValue("Location")).hasValue(HOME + "/");
        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(401);
        assertThat(browser.arriveAt("/documents").body())
                .as("asks for the password")
                .contains("kc-form-login");
    }

    @Test
    void aNewPasswordIsChosenAtKeycloak() {
        signedIn("bank_client2");

        HttpResponse<String> page = browser.arriveAt("/account/password");
        assertThat(page.uri().getPath()).startsWith("/auth/realms/darvoza/login-actions/");
        assertThat(page.uri().getQuery()).contains("UPDATE_PASSWORD");
    }

    @Test
    void aFailedLoginIsAPageAndNoCircle() {
        HttpResponse<String> answer = browser.open("/login/oauth2/code/keycloak?error=access_denied&state=unknown");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void programsGetTokensAndNobodyByAPassword() {
        HttpResponse<String> token =
                token("grant_type=client_credentials&client_id=partner&client_secret=" + KEYCLOAK.secret("partner"));
        assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
        assertThat(token.headers().firstValue("Cache-Control")).hasValue("no-store");
        String access = token.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
        assertThat(door.getAnonymously("/v1/me", "Authorization", "Bearer " + access)
                        .body())
                .contains("\"kind\":\"client\"");

        assertThat(token("grant_type=client_credentials&client_id=partner&client_secret=wrong")
                        .body())
                .contains("\"error\":\"unauthorized_client\"");
        assertThat(token("grant_type=password&client_id=suite-cli&username=bank_client&password="
                                + KEYCLOAK.password("bank_client"))
                        .body())
                .contains("unsupported_grant_type");
        assertThat(token("grant_type=client_credentials&grant_type=password").statusCode())
                .isEqualTo(400);
        assertThat(token("grant_type=client_credentials&x=" + "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(door.send("POST", "/v1/token", BodyPublishers.ofString("{}"), "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
    }
}
