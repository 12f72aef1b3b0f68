package io.darvoza.local.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An open stream {@code GET /v1/events}; collects the data lines of its events. */
public final class LiveEvents implements AutoCloseable {

    private final BlockingQueue<String> data = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpResponse<Void>> stream;

    public LiveEvents(Http http, String token) {
        stream = http.client()
                .sendAsync(
                        http.request("/v1/events", token)
                                .header("Accept", "text/event-stream")
                                .timeout(Duration.ofMinutes(5))
                                .GET()
                                .build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(LineCollector.into(data)));
    }

    /** The next event about the subject, or null when none comes in time. */
    public @Nullable JsonNode next(String subject, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
            String line = data.poll(left, TimeUnit.NANOSECONDS);
            if (line != null) {
                JsonNode event = JsonMapper.builder().build().readTree(line);
                if (subject.equals(event.path("subject").asString(""))) {
                    return event;
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        stream.cancel(true);
    }
}
