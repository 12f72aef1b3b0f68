package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A reader of server-sent events; it is open once the first comment has come. */
final class LiveStream implements AutoCloseable {

    record Event(String id, String kind, String data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> answer;

    /**
     * @param token or null, for whoever asks without one
     * @param last number of the last event seen, or null
     */
    LiveStream(int port, String path, String token, String last) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/event-stream");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .join();
        assertThat(answer.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        List<String> block = new ArrayList<>();
        try {
            answer.body().forEach(line -> {
                if (!line.isEmpty()) {
                    block.add(line);
                    return;
                }
                String data = field(block, "data:");
                if (data != null) {
                    events.add(new Event(field(block, "id:"), field(block, "event:"), data));
                }
                block.clear();
            });
        } catch (RuntimeException closed) {
            // The test has seen enough.
        }
    }

    private static String field(List<String> block, String name) {
        return block.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse(null);
    }

    Event any() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    Event next(String uid) throws InterruptedException {
        Event event = any();
        while (!event.data().contains(uid)) {
            event = any();
        }
        return event;
    }

    Event until(String kind, String uid) throws InterruptedException {
        Event event = next(uid);
        while (!event.kind().equals(kind)) {
            event = next(uid);
        }
        return event;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
