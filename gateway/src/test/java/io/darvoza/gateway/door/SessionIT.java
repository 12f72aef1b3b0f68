package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a session stands for: a token that is renewed and verified, and a browser whose pages are ours. */
class SessionIT extends PeoplesDoor {

    @Test
    void whatChangesSomethingMustComeFromAPageOfOurs() {
        signedIn("bank_client");
        String path = "/v1/sm/contracts";

        assertThat(browser.post(path, "").statusCode()).isEqualTo(403);
        assertThat(browser.post(path, "", "Origin", "https://evil.test").body()).contains("foreign_origin");
        assertThat(browser.post(path, "", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(documents.calls()).noneMatch(call -> call.method().equals("POST"));
        assertThat(browser.post(path, "", "Origin", HOME).statusCode()).isEqualTo(200);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(200);
        assertThat(browser.post(path, "", "Sec-Fetch-Site", "same-origin", "Origin", "null")
                        .statusCode())
                .as("a form of a page that hides its address")
                .isEqualTo(200);
    }

    @Test
    void allAtOnceRenewAnExpiredTokenOnce() throws Exception {
        signedIn("bank_client");
        String old = bearer();
        expireAccessToken();

        List<Callable<Integer>> requests = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        _ -> () -> browser.fetch("/v1/dbo/users/me").statusCode())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        Set<String> tokens = Set.copyOf(documents.calls().stream()
                .skip(1)
                .map(call -> call.headers().get("authorization").getFirst())
                .toList());
        assertThat(tokens).hasSize(1).doesNotContain(old);
        // A second use of a refresh token would have ended the whole session at Keycloak.
        expireAccessToken();
        assertThat(browser.fetch("/v1/dbo/users/me").statusCode()).isEqualTo(200);
    }

    /** Wherever it breaks off: before Keycloak is asked, while it answers, or before its answer is kept. */
    @Test
    void aRequestThatBreaksOffInTheMiddleOfARenewalSignsNobodyOut() throws Exception {
        signedIn("bank_client");
        String request = "GET /v1/dbo/users/me HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s=%s\r\n\r\n"
                .formatted(PORT, browser.session().getName(), browser.session().getValue());
        for (int millis = 0; millis < 40; millis += 2) {
            expireAccessToken();
            try (var socket = new Socket("127.0.0.1", PORT)) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                Thread.sleep(millis);
            }
            assertThat(browser.fetch("/v1/dbo/users/me").statusCode())
                    .as("after %d ms", millis)
                    .isEqualTo(200);
        }
    }

    @Test
    void aRefusedRenewalEndsTheSession() {
        signedIn("bank_client");
        expireAccessToken();
        setAttribute("refresh_token", "withdrawn");

        assertThat(browser.fetch("/v1/dbo/users/me").statusCode()).isEqualTo(401);
        assertThat(browser.open("/documents").headers().firstValue("Location"))
                .hasValue("/oauth2/authorization/keycloak");
        assertThat(browser.arriveAt("/documents?again").uri()).hasToString(HOME + "/documents?again");
    }

    @Test
    void whatLiesInTheStoreIsNotBelievedUnseen() {
        signedIn("bank_client");
        setAttribute("access_token", TestTokens.shared().user("bank_admin", "bank_admin"));

        assertThat(browser.fetch("/v1/me").statusCode()).isEqualTo(401);
    }
}
