package io.darvoza.payments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service with exactly the octets that a test says: no client library that would encode or order anything. */
public final class PartnerHttp implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    public PartnerHttp(int port) {
        server = URI.create("http://127.0.0.1:" + port);
    }

    /** An answer. */
    public record Reply(int status, String text, java.net.http.HttpHeaders headers) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        /** The problem's code; empty for an answer that is none. */
        public String code() {
            return text.isEmpty() ? "" : json().path("code").asString("");
        }
    }

    public URI uri(String pathAndQuery) {
        return URI.create(server + pathAndQuery);
    }

    /** As somebody without a token. */
    public Reply anonymous(String method, String pathAndQuery, @Nullable String body) {
        return send(method, pathAndQuery, null, body, Map.of());
    }

    public Reply send(
            String method,
            String pathAndQuery,
            @Nullable String token,
            @Nullable String body,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Accept-Language", "en");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body(), answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
