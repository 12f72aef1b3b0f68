package io.darvoza.sandbox.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PlayedPartnerTests {

    @LocalServerPort
    private int port;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aGoodPartnerRemembersWhatItGot() throws Exception {
        assertThat(send("POST", "shop/callbacks", "{\"type\":\"payment.approved\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(send("GET", "shop/callbacks", "").body())
                .contains("\"id\":\"evt_1\"", "\"timestamp\":\"1767225600\"", "\"signature\":\"v1,abc\"")
                .contains("payment.approved");
        assertThat(send("DELETE", "shop", "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "shop/callbacks", "").body()).isEqualTo("{\"callbacks\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"good, 204", "wrong, 500", "redirecting, 307"})
    void aPartnerBehavesAsItsNameSays(String name, int status) throws Exception {
        assertThat(send("POST", name + "/callbacks", "{}").statusCode()).isEqualTo(status);
    }

    @Test
    void aPartnerThatIsAwayGivesNoAnswer() {
        assertThatThrownBy(() -> send("POST", "away/callbacks", "{}")).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowPartnerAnswersLate() throws Exception {
        send("PUT", "late/behaviour", "{\"kind\":\"slow\",\"delay_millis\":400}");
        long start = System.nanoTime();

        assertThat(send("POST", "late/callbacks", "{}").statusCode()).isEqualTo(204);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
    }

    @Test
    void aWrongPartnerIsGoodAgainAfterSoManyTimes() throws Exception {
        send("PUT", "flaky/behaviour", "{\"kind\":\"wrong\",\"status\":429,\"retry_after_seconds\":2,\"times\":2}");

        HttpResponse<String> first = send("POST", "flaky/callbacks", "{}");
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(send("POST", "flaky/callbacks", "{}").statusCode()).isEqualTo(429);
        assertThat(send("POST", "flaky/callbacks", "{}").statusCode()).isEqualTo(204);
    }

    @Test
    void aFollowedRedirectIsSeen() throws Exception {
        send("POST", "redirecting/redirected", "{}");

        assertThat(send("GET", "redirecting/callbacks", "").body()).contains("\"redirected\":true");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/partner/" + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("webhook-id", "evt_1")
                .header("webhook-timestamp", "1767225600")
                .header("webhook-signature", "v1,abc")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
