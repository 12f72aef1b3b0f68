package io.darvoza.local.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** data.egov.kz as far as a measurement needs it: everybody is known, after the time that a portal takes; requests are counted. */
final class PlayedPortal implements AutoCloseable {

    private static final Duration TAKES = Duration.ofMillis(200);
    private static final Pattern NUMBER = Pattern.compile("\"match\":\\{\"iin\":\"([0-9]+)\"");

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();

    PlayedPortal() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:%d/api/v4".formatted(server.getAddress().getPort());
    }

    /** So far. */
    int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var number = NUMBER.matcher(URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8));
        asked.incrementAndGet();
        try {
            Thread.sleep(TAKES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var body = (number.find() ? """
                        [{"iin":"%s","full_name":"ПРИМЕРОВ ПРИМЕР","birth_date":"1990-01-01","gender":"M","status":"valid"}]""".formatted(number.group(1)) : "[]").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
