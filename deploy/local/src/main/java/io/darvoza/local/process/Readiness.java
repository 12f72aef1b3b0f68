package io.darvoza.local.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waiting for a process to serve, with a bound. */
public final class Readiness {

    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private Readiness() {}

    /** One look; an exception means not yet. */
    @FunctionalInterface
    public interface Probe {
        boolean succeeds() throws IOException, InterruptedException;
    }

    /** Starts a process and returns it when the probe succeeds. One that does not get so far is not left running. */
    public static Child started(Child.Command command, Duration limit, Probe probe) {
        var child = Child.start(command);
        try {
            await(child, limit, probe);
        } catch (StartFailure e) {
            child.close();
            throw e;
        }
        return child;
    }

    /**
     * Returns when the probe succeeds.
     *
     * @throws StartFailure when the process ends before that, or the time is over
     */
    public static void await(Child child, Duration limit, Probe probe) {
        var start = System.nanoTime();
        while (!succeeds(probe) || !child.isAlive()) {
            if (!child.isAlive()) {
                throw new StartFailure(
                        child.name() + " ended with exit code " + child.exit().join(), child.log());
            }
            var waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(limit) > 0) {
                throw new StartFailure(
                        child.name() + " did not become ready within " + limit.toSeconds() + " s", child.log());
            }
            pause(waited);
        }
    }

    /** Whether something accepts connections on this port of 127.0.0.1. */
    public static Probe port(int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PROBE_TIMEOUT.toMillis());
                return true;
            }
        };
    }

    /** Whether a GET is answered with 200. */
    public static Probe http(URI address) {
        var request = HttpRequest.newBuilder(address).timeout(PROBE_TIMEOUT).build();
        return () -> Http.CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private static boolean succeeds(Probe probe) {
        try {
            return probe.succeeds();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** The longer a start takes, the less a look more often would save of it; each look costs the parts that start. */
    private static void pause(Duration waited) {
        try {
            Thread.sleep(Math.clamp(waited.toMillis() / 20, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static StartFailure interrupted() {
        Thread.currentThread().interrupt();
        return new StartFailure("interrupted while starting");
    }

    /** Made at the first HTTP probe only: it costs threads and 100 ms. */
    private static final class Http {
        static final HttpClient CLIENT =
                HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
    }
}
