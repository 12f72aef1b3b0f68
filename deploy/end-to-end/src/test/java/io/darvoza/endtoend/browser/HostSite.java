package io.darvoza.endtoend.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.darvoza.endtoend.RunningSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A site that is none of ours: one page with a form and our script under a strict policy, and a back end that gets tokens for it. */
final class HostSite implements AutoCloseable {

    private static final URI SUITE = RunningSuite.get().address();
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title>
              <script defer src="%s/egov/embed/verify.js" data-token-url="/token"></script>
            </head>
            <body>
              <main><h1>Visit</h1>
                <form method="post" action="/">
                  <p><label for="guestIin">IIN</label> <input id="guestIin" name="guestIin"></p>
                  <p><label>Passport <input name="passport_number"></label></p>
                  <p><label for="passport_issued_by">Issued by</label> <input id="passport_issued_by" name="passport_issued_by"></p>
                  <p><label for="full_name">Name</label> <input id="full_name" name="full_name"></p>
                </form>
              </main>
            </body>
            </html>
            """;

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String language;
    private volatile String lastToken = "";

    HostSite(String language) {
        this.language = language;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::page);
        server.createContext("/token", this::token);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** That its page got. */
    String lastToken() {
        return lastToken;
    }

    private void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src %1$s; connect-src 'self' %1$s; base-uri 'none'"
                                .formatted(SUITE));
        boolean isPage = exchange.getRequestURI().getPath().equals("/");
        send(exchange, isPage ? 200 : 404, "text/html; charset=utf-8", isPage ? PAGE.formatted(language, SUITE) : "");
    }

    private void token(HttpExchange exchange) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(SUITE.resolve("/v1/egov/embed/tokens"))
                .header("Authorization", "Bearer " + RunningSuite.get().token("egov_host"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"origin\":\"" + origin() + "\",\"checks\":5}"))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            lastToken = answer.body().replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
            send(exchange, answer.statusCode(), "application/json", answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
