package io.darvoza.gateway.versions;

import io.darvoza.gateway.RequestPrincipal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts who still uses which version: {@code darvoza.api.requests} by {@code api}, {@code version} and {@code client}. The
 * client is that of a verified token; the number of clients told apart is bounded.
 */
final class VersionUse {

    private record Key(String api, String version, String client) {}

    private static final String ANONYMOUS = "anonymous";
    private static final String OTHER = "other";

    private final MeterRegistry meters;
    private final int countedClients;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final Set<String> clients = ConcurrentHashMap.newKeySet();

    VersionUse(MeterRegistry meters, int countedClients) {
        this.meters = meters;
        this.countedClients = countedClients;
    }

    void count(ApiVersion version, @Nullable RequestPrincipal principal) {
        String client = principal == null ? ANONYMOUS : told(principal.clientId());
        counters.computeIfAbsent(new Key(version.api(), version.version(), client), this::counter)
                .increment();
    }

    /** A few too many get in when requests race for the last place; the bound is there against a flood, not for accuracy. */
    private String told(String client) {
        if (clients.contains(client)) {
            return client;
        }
        return clients.size() < countedClients && clients.add(client) ? client : OTHER;
    }

    private Counter counter(Key key) {
        return Counter.builder("darvoza.api.requests")
                .description("Requests by version of the API and calling client")
                .tags("api", key.api(), "version", key.version(), "client", key.client())
                .register(meters);
    }
}
