package io.darvoza.gateway.door;

import io.darvoza.common.test.security.TestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A caller of the gateway under test. Follows no redirect and keeps no cookie. */
record Door(int port) {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** A GET by a bank client. */
    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), withToken(headers));
    }

    HttpResponse<String> post(String path, BodyPublisher body, String... headers) {
        return send("POST", path, body, withToken(headers));
    }

    HttpResponse<String> getAnonymously(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).method(method, body).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    private static String[] withToken(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization");
        all.add("Bearer " + TestTokens.shared().user("bank_client", "bank_client"));
        return all.toArray(String[]::new);
    }

    /** Sends these bytes and gives all that comes back until the gateway closes or is silent for two seconds. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            try {
                for (int c = in.read(); c >= 0; c = in.read()) {
                    answer.append((char) c);
                }
                answer.append("<closed>");
            } catch (java.net.SocketTimeoutException _) {
                answer.append("<open>");
            }
            return answer.toString();
        }
    }
}
