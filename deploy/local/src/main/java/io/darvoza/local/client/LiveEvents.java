package io.darvoza.local.client;

import io.darvoza.local.process.StartFailure;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An open stream of server-sent events; collects the data lines of its events. */
public final class LiveEvents implements AutoCloseable {

    private static final Duration BEGIN = Duration.ofSeconds(20);

    private final BlockingQueue<String> data = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpResponse<Void>> stream;

    /** The caller's own events of all services. */
    public LiveEvents(Http http, String token) {
        this(http, "/v1/events", token);
    }

    /** Returns when the stream has begun: what happens from now on is in it. */
    public LiveEvents(Http http, String path, @Nullable String token) {
        var begun = new CountDownLatch(1);
        stream = http.client()
                .sendAsync(
                        http.request(path, token)
                                .header("Accept", "text/event-stream")
                                .timeout(Duration.ofMinutes(5))
                                .GET()
                                .build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new LineCollector(data, begun)));
        await(begun);
    }

    private static void await(CountDownLatch begun) {
        try {
            if (!begun.await(BEGIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new StartFailure("A live stream did not begin within %d s.".formatted(BEGIN.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next event about the subject, or null when none comes in time. */
    public @Nullable JsonNode next(String subject, Duration limit) throws InterruptedException {
        return next(event -> subject.equals(event.path("subject").asString("")), limit);
    }

    /** The next event that is wanted, or null when none comes in time. Those before it are gone. */
    public @Nullable JsonNode next(Predicate<JsonNode> wanted, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
            String line = data.poll(left, TimeUnit.NANOSECONDS);
            if (line != null) {
                JsonNode event = JsonMapper.builder().build().readTree(line);
                if (wanted.test(event)) {
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
