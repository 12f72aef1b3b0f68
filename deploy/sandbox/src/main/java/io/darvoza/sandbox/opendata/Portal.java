package io.darvoza.sandbox.opendata;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the portal knows and how it feels: its keys, its count of requests, its behaviour. */
@Component
class Portal {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int KEPT = 10_000;

    private final Clock clock = Clock.systemUTC();
    private final OpenDataProperties properties;
    private final Map<String, Deque<Instant>> requests = new HashMap<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private Set<String> keys;
    private int perMinute;
    private Behaviour behaviour = Behaviour.GOOD;

    Portal(OpenDataProperties properties) {
        this.properties = properties;
        this.keys = Set.copyOf(properties.keys());
        this.perMinute = properties.perMinute();
    }

    /** A request that came; the key by its place among the known ones, 0 for an unknown one. */
    record Asked(Instant at, String dataset, String version, String source, int status) {}

    /** Whether the portal takes a request with this key now. */
    enum Admission {
        TAKEN,
        UNKNOWN_KEY,
        LIMITED
    }

    /** Counts the request if its key is known. Refused ones count, too. */
    synchronized Admission admit(String key) {
        if (!keys.contains(key)) {
            return Admission.UNKNOWN_KEY;
        }
        Deque<Instant> ofKey = requests.computeIfAbsent(key, _ -> new ArrayDeque<>());
        Instant now = clock.instant();
        while (!ofKey.isEmpty() && !ofKey.peekFirst().isAfter(now.minus(WINDOW))) {
            ofKey.removeFirst();
        }
        ofKey.addLast(now);
        return ofKey.size() > perMinute ? Admission.LIMITED : Admission.TAKEN;
    }

    /** How to answer the request that was admitted. */
    synchronized Behaviour take() {
        Behaviour now = behaviour;
        behaviour = now.next();
        return now;
    }

    synchronized void remember(String dataset, String version, String source, int status) {
        if (asked.size() == KEPT) {
            asked.removeFirst();
        }
        asked.addLast(new Asked(clock.instant(), dataset, version, source, status));
    }

    /** In the order of their coming. */
    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    synchronized void behave(Behaviour other) {
        behaviour = other;
    }

    synchronized void know(Set<String> otherKeys) {
        keys = Set.copyOf(otherKeys);
    }

    synchronized void limit(int requestsPerMinute) {
        perMinute = requestsPerMinute;
    }

    /** As it was at first, with nothing counted. */
    synchronized void reset() {
        keys = Set.copyOf(properties.keys());
        perMinute = properties.perMinute();
        behaviour = Behaviour.GOOD;
        requests.clear();
        asked.clear();
    }
}
