package io.darvoza.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that calls the suite with a bearer token. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOUNDARY = "darvoza-end-to-end";

    /** An answer whose body is read as JSON when it is JSON. */
    record Reply(int status, HttpResponse<byte[]> whole) {

        JsonNode json() {
            return JSON.readTree(whole.body());
        }

        String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    Reply get(String path, String token) {
        return send(request(path, token).GET().build());
    }

    /** Uploads as {@code POST /v1/dbo/documents} wants it: metadata first, then the file. */
    Reply upload(String token, String metadata, String fileName, String type, byte[] file, String... headers) {
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

    HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
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
