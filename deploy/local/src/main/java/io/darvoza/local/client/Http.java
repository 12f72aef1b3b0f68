package io.darvoza.local.client;

import io.darvoza.local.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that calls the suite with a bearer token. */
public final class Http {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOUNDARY = "darvoza-part";

    /** An answer whose body is read as JSON when it is JSON. */
    public record Reply(int status, HttpResponse<byte[]> whole) {

        public JsonNode json() {
            return JSON.readTree(whole.body());
        }

        /** The body as it came. */
        public String text() {
            return new String(whole.body(), StandardCharsets.UTF_8);
        }

        /** The problem's code; empty for an answer that is none. */
        public String code() {
            return status < 400 || whole.body().length == 0
                    ? ""
                    : json().path("code").asString("");
        }

        public String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    public Http(URI base) {
        this.base = base;
    }

    public Reply get(String path, @Nullable String token) {
        return send(request(path, token).GET().build());
    }

    /** Sends JSON. */
    public Reply post(String path, @Nullable String token, String body, String... headers) {
        return json("POST", path, token, body, headers);
    }

    public Reply put(String path, @Nullable String token, String body, String... headers) {
        return json("PUT", path, token, body, headers);
    }

    public Reply delete(String path, String token) {
        return send(request(path, token).DELETE().build());
    }

    private Reply json(String method, String path, @Nullable String token, String body, String... headers) {
        var request = request(path, token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** Uploads as {@code POST /v1/dbo/documents} wants it: metadata first, then the file. */
    public Reply upload(String token, String metadata, String fileName, String type, byte[] file, String... headers) {
        var body = new ByteArrayOutputStream();
        part(body, "metadata\"\r\nContent-Type: application/json", metadata.getBytes(StandardCharsets.UTF_8));
        part(body, "file\"; filename=\"" + fileName + "\"\r\nContent-Type: " + type, file);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = request("/v1/dbo/documents", token)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private static void part(ByteArrayOutputStream body, String head, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + head + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    public HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (ConnectException e) {
            throw new StartFailure("Nothing answers on %s; is the suite up?"
                    .formatted(request.uri().resolve("/")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }
}
