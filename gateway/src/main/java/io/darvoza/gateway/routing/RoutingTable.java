package io.darvoza.gateway.routing;

import io.darvoza.gateway.hygiene.AccessLog;
import io.darvoza.gateway.routing.Destination.Rewrite;
import io.darvoza.gateway.routing.RoutingProperties.Service;
import io.darvoza.gateway.routing.RoutingProperties.Upload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/** Finds the destination of a request. Security, limits, the log and routing itself ask; the search is done once. */
@Component
public final class RoutingTable {

    private static final String FOUND = RoutingTable.class.getName() + ".found";

    private final List<Destination> destinations;

    RoutingTable(RoutingProperties properties) {
        List<Destination> all = new ArrayList<>();
        properties.services().forEach((name, service) -> all.addAll(destinationsOf(name, service)));
        this.destinations = List.copyOf(all);
    }

    List<Destination> destinations() {
        return destinations;
    }

    /** The destination of the request; null when no service answers its path. */
    public @Nullable Destination find(ServerWebExchange exchange) {
        Optional<Destination> found = exchange.getAttribute(FOUND);
        if (found == null) {
            found = search(exchange);
            found.ifPresent(destination -> AccessLog.route(exchange, destination.id()));
            exchange.getAttributes().put(FOUND, found);
        }
        return found.orElse(null);
    }

    /** Whether a caller without a token may pass to the service. */
    public boolean isOpen(ServerWebExchange exchange) {
        Destination destination = find(exchange);
        return destination != null && destination.isOpen(exchange.getRequest());
    }

    private Optional<Destination> search(ServerWebExchange exchange) {
        for (Destination destination : destinations) {
            if (destination.takes(exchange.getRequest())) {
                return Optional.of(destination);
            }
        }
        return Optional.empty();
    }

    /** The special cases of a service first: the first that matches wins. */
    private static List<Destination> destinationsOf(String name, Service service) {
        List<Destination> all = new ArrayList<>();
        for (Upload upload : service.uploads()) {
            all.add(destination(
                    name + "-upload",
                    name,
                    service,
                    upload.paths(),
                    upload.method(),
                    null,
                    upload.responseTimeout(),
                    upload.maxBody()));
        }
        if (!service.streams().isEmpty()) {
            all.add(destination(
                    name + "-stream", name, service, service.streams(), HttpMethod.GET, null, null, service.maxBody()));
        }
        for (Map.Entry<String, String> rewrite : service.rewrites().entrySet()) {
            all.add(destination(
                    name + "-seed" + rewrite.getKey().replace('/', '-'),
                    name,
                    service,
                    List.of(rewrite.getKey() + "/**"),
                    null,
                    new Rewrite(rewrite.getKey(), rewrite.getValue()),
                    service.responseTimeout(),
                    service.maxBody()));
        }
        all.add(destination(
                name, name, service, service.paths(), null, null, service.responseTimeout(), service.maxBody()));
        return all;
    }

    private static Destination destination(
            String id,
            String name,
            Service service,
            List<String> paths,
            @Nullable HttpMethod method,
            @Nullable Rewrite rewrite,
            @Nullable Duration responseTimeout,
            DataSize maxBody) {
        return new Destination(
                id,
                name,
                service.uri(),
                new PathPatterns(paths),
                method,
                new PathPatterns(service.open()),
                rewrite,
                service.connectTimeout(),
                responseTimeout,
                maxBody,
                service.foreignCookies());
    }
}
