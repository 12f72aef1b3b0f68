package io.darvoza.egov;

import io.darvoza.common.test.security.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service with exactly the octets that a test says. */
public final class Http implements AutoCloseable {

    public static final String CLERK = TestTokens.shared().user("egov_user", "egov_user");
    public static final String STRANGER = TestTokens.shared().user("egov_user2", "egov_user");
    public static final String ADMIN = TestTokens.shared().user("egov_admin", "egov_admin");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    public Http(int port) {
        this.port = port;
    }

    /** An answer. */
    public record Reply(int status, String text, java.net.http.HttpHeaders headers) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String word(String member) {
            return json().path(member).asString("");
        }
    }

    /** A verification of an ИИН by the clerk. */
    public Reply iin(String iin) {
        return post("/v1/egov/verify/iin", CLERK, "{\"iin\":\"" + iin + "\"}");
    }

    public Reply post(String path, @Nullable String token, String body) {
        return send("POST", path, token, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public Reply put(String path, String token, String body) {
        return send("PUT", path, token, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public Reply get(String path, @Nullable String token) {
        return send("GET", path, token, null, new byte[0], Map.of());
    }

    public Reply send(
            String method,
            String path,
            @Nullable String token,
            @Nullable String contentType,
            byte[] body,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Accept-Language", "en");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
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

    /** Whether a body is refused for its size, sent with its length and in pieces; the server need not read it to its end. */
    public boolean tooLarge(String path, String token, String contentType, byte[] body) {
        return isRefused(path, token, contentType, HttpRequest.BodyPublishers.ofByteArray(body))
                && isRefused(
                        path,
                        token,
                        contentType,
                        HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private boolean isRefused(String path, String token, String contentType, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .POST(body)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 413;
        } catch (IOException closed) {
            // The answer was there before the body had gone out, and the connection closed behind it.
            return closed.getMessage() != null && !closed.getMessage().contains("timed out");
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
