package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;

/**
 * An operator's live stream through the gateway: how late each event is. Counted from the moment at which the service wrote what
 * it tells, which is before the commit, to the arrival here; both clocks are this machine's.
 */
final class DeskStream implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String AT = "\"at\":\"";

    private final HttpClient http;
    private final Clock clock;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<HttpResponse<Void>> stream;

    private record Arrival(Instant when, String event) {

        double lateMillis() {
            var start = event.indexOf(AT) + AT.length();
            var at = Instant.parse(event.substring(start, event.indexOf('"', start)));
            return Duration.between(at, when).toNanos() / 1e6;
        }
    }

    private DeskStream(HttpClient http, URI address, String token, Clock clock) {
        this.http = http;
        this.clock = clock;
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .timeout(LONGEST)
                .build();
        this.stream = http.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines()));
    }

    static DeskStream open(PaymentsSite site, PaymentsCast cast, Clock clock) {
        return new DeskStream(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                site.gateway().address(PaymentFlow.DESK + "/stream"),
                cast.operators().getFirst(),
                clock);
    }

    /** How many events have come so far. */
    int count() {
        return arrivals.size();
    }

    /** How late the events were that came after so many others. */
    Timings lateAfter(int others) {
        if (stream.isDone()) {
            throw new StartFailure("The operators' stream has ended while it was watched");
        }
        return Timings.of(
                arrivals.stream().skip(others).map(Arrival::lateMillis).toList());
    }

    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("data:") && line.contains(AT)) {
                arrivals.add(new Arrival(clock.instant(), line));
            }
        }

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onComplete() {}
    }

    @Override
    public void close() {
        stream.cancel(true);
        http.shutdownNow();
    }
}
