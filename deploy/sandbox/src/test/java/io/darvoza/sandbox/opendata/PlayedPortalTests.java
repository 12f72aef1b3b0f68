package io.darvoza.sandbox.opendata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"sandbox.open-data.keys=good", "sandbox.open-data.per-minute=5"})
class PlayedPortalTests {

    @LocalServerPort
    private int port;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void feelWell() throws Exception {
        send("DELETE", "control", "");
        http.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "person/v1 | iin | 900101300017 | \"iin\":\"900101300017\"",
                "person/v1 | iin | 900101390011 | []",
                "passport/v1 | number | N12345678 | \"expiry_date\":\"2095",
                "passport/v1 | number | N82345678 | \"expiry_date\":\"2020",
                "passport/v1 | number | N72345678 | \"status\":\"revoked\"",
                "gbd_ul/v1 | bin | 150140000012 | \"nameru\":\"ТОО",
            })
    void answersABareArrayOfRows(String dataset, String field, String number, String expected) throws Exception {
        HttpResponse<String> answer = ask(dataset, field, number, "good");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[").contains(expected);
    }

    @Test
    void needsAKeyAndKeepsItsOwnLimit() throws Exception {
        assertThat(ask("person/v1", "iin", "900101300017", "").statusCode()).isEqualTo(403);
        assertThat(ask("person/v1", "iin", "900101300017", "bad").statusCode()).isEqualTo(403);
        for (int i = 0; i < 5; i++) {
            assertThat(ask("person/v1", "iin", "900101300017", "good").statusCode())
                    .isEqualTo(200);
        }
        assertThat(ask("person/v1", "iin", "900101300017", "good").statusCode()).isEqualTo(429);
        assertThat(send("GET", "control/requests", "").body()).contains("\"count\":8");

        send("PUT", "control/keys", "{\"keys\":[\"other\"]}");
        assertThat(ask("person/v1", "iin", "900101300017", "good").statusCode()).isEqualTo(403);
        assertThat(ask("person/v1", "iin", "900101300017", "other").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"html\"}                    | 200 | <!DOCTYPE html>",
                "{\"kind\":\"status\",\"status\":500}   | 500 | <html>",
                "{\"kind\":\"wrong_json\"}              | 200 | [{",
                "{\"kind\":\"error_object\"}            | 200 | error",
                "{\"kind\":\"slow\",\"delay_millis\":1} | 200 | 900101300017",
            })
    void failsAsItIsToldAndThenIsWellAgain(String behaviour, int status, String body) throws Exception {
        send("PUT", "control/behaviour", behaviour.replace("}", ",\"times\":1}"));

        HttpResponse<String> answer = ask("person/v1", "iin", "900101300017", "good");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(body);
        assertThat(ask("person/v1", "iin", "900101300017", "good").body()).contains("full_name");
    }

    @ParameterizedTest
    @CsvSource({"cut", "away"})
    void breaksOff(String kind) throws Exception {
        send("PUT", "control/behaviour", "{\"kind\":\"" + kind + "\"}");

        assertThatThrownBy(() -> ask("person/v1", "iin", "900101300017", "good"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void describesItsDataSets() throws Exception {
        assertThat(send("GET", "api/v4/mapping/gbd_ul/v1", "").body()).contains("\"bin\":{\"type\":\"String\"}");
        assertThat(send("GET", "meta/person/v1", "").body()).contains("full_name");
        assertThat(send("GET", "meta/nobody/v1", "").statusCode()).isEqualTo(404);
        assertThat(ask("nobody/v1", "iin", "1", "good").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(String dataset, String field, String number, String key)
            throws IOException, InterruptedException {
        String source = URLEncoder.encode(
                "{\"size\":1,\"query\":{\"match\":{\"%s\":\"%s\"}}}".formatted(field, number), StandardCharsets.UTF_8);
        return send("GET", "api/v4/" + dataset + "?source=" + source + "&apiKey=" + key, "");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/opendata/" + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
