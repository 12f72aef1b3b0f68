package io.darvoza.egov;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in for data.egov.kz: answers as a test says, and remembers each question. */
public final class Portal implements AutoCloseable {

    public static final String KEY = "portal-key-that-nobody-may-see";

    private static final Pattern NUMBER = Pattern.compile("\"match\":\\{\"\\w+\":\"([^\"]+)\"");

    /** What the portal does with a question. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange call, String number) throws IOException, InterruptedException;
    }

    /** A question that came; {@code number} is empty for the probe's. */
    public record Question(String path, String query, String number, String key) {}

    private final HttpServer server;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = Portal::person;

    public Portal() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v4";
    }

    public void behave(Behaviour other) {
        behaviour = other;
    }

    /** Every number is a person's. */
    public static void person(HttpExchange call, String number) throws IOException {
        reply(call, 200, "application/json", """
                [{"iin":"%s","number":"%s","bin":"%s","full_name":"СЕРІКОВ ӘЛІ","birth_date":"1990-01-01","gender":"M","status":"valid",
                  "nameru":"ТОО Пример","statusru":"Зарегистрирован"}]
                """.formatted(number, number, number));
    }

    public static Behaviour body(int status, String contentType, String body) {
        return (call, _) -> reply(call, status, contentType, body);
    }

    public static Behaviour json(String body) {
        return body(200, "application/json", body);
    }

    public static void reply(HttpExchange call, int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", contentType);
        call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            call.getResponseBody().write(body);
        }
        call.close();
    }

    public List<Question> questions() {
        return List.copyOf(questions);
    }

    public List<Question> questionsAbout(String number) {
        return questions.stream()
                .filter(question -> question.number().equals(number))
                .toList();
    }

    public void forget() {
        questions.clear();
        behaviour = Portal::person;
    }

    private void take(HttpExchange call) throws IOException {
        String query = URLDecoder.decode(call.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        Matcher number = NUMBER.matcher(query);
        String asked = number.find() ? number.group(1) : "";
        questions.add(new Question(call.getRequestURI().getPath(), query, asked, query.replaceFirst(".*apiKey=", "")));
        try {
            behaviour.answer(call, asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
