package io.darvoza.local.bench;

import io.darvoza.local.client.Http;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks at a service's heap once a second, through its metrics, while something else goes on. */
final class HeapWatch implements AutoCloseable {

    private static final Pattern USED = pattern("jvm_memory_used_bytes");
    private static final Pattern MOST = pattern("jvm_memory_max_bytes");
    private static final double MEBIBYTE = 1 << 20;

    private final Http metrics;
    private final List<Double> used = new ArrayList<>();
    private final double most;
    private final Thread thread;

    private HeapWatch(Http metrics) {
        this.metrics = metrics;
        this.most = mostMebibytes(scrape());
        this.thread = Thread.ofVirtual().name("heap-watch").start(this::watch);
    }

    /** @param metrics the service's management port */
    static HeapWatch of(Http metrics) {
        return new HeapWatch(metrics);
    }

    /** MiB in use at each look, garbage included. */
    Samples usedMebibytes() {
        synchronized (used) {
            return new Samples(used);
        }
    }

    /** What the JVM may take, in MiB. */
    double mostMebibytes() {
        return most;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                var now = usedMebibytes(scrape());
                synchronized (used) {
                    used.add(now);
                }
                Thread.sleep(1_000);
            }
        } catch (InterruptedException | IllegalStateException ended) {
            // The measurement is over; an interrupted request says so by the other exception.
        }
    }

    private String scrape() {
        var answer = metrics.get("/actuator/prometheus", null);
        return new String(answer.whole().body(), StandardCharsets.UTF_8);
    }

    private static Pattern pattern(String name) {
        return Pattern.compile("^" + name + "\\{[^}]*area=\"heap\"[^}]*} ([-+.\\dE]+)", Pattern.MULTILINE);
    }

    /** Over the heap's areas; an area without a bound counts as none. */
    private static double sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                        .results()
                        .mapToDouble(line -> Math.max(0, Double.parseDouble(line.group(1))))
                        .sum()
                / MEBIBYTE;
    }

    static double usedMebibytes(String text) {
        return sum(USED, text);
    }

    static double mostMebibytes(String text) {
        return sum(MOST, text);
    }
}
