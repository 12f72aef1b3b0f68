package io.darvoza.payments.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A partner's side, one behaviour per path; it remembers every call. */
public final class Receiver implements AutoCloseable {

    /** What a path does with its n-th call, counted from 1. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange call, int number) throws IOException, InterruptedException;
    }

    /** A call that came. */
    public record Call(String path, String id, String timestamp, String signature, String body, Instant at) {}

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address of a path that behaves so. */
    public String path(String name, Behaviour behaviour) {
        behaviours.put("/" + name, behaviour);
        return origin() + "/" + name;
    }

    public static Behaviour status(int status) {
        return (call, _) -> reply(call, status, "");
    }

    public static void reply(HttpExchange call, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            call.getResponseBody().write(body);
        }
        call.close();
    }

    public List<Call> calls(String name) {
        return calls.stream().filter(call -> call.path().equals("/" + name)).toList();
    }

    private void take(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = call.getRequestHeaders();
        calls.add(new Call(
                path,
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body,
                Instant.now()));
        int number = numbers.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        try {
            behaviours.getOrDefault(path, status(404)).answer(call, number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
