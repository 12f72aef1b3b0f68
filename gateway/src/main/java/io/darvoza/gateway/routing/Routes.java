package io.darvoza.gateway.routing;

import static org.springframework.cloud.gateway.support.RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR;

import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

/** Hands the routing table to Spring Cloud Gateway: one route per destination, with its filters from outside to inside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    RouteLocator suiteRoutes(RoutingTable table, ServiceBreakers breakers, RoutingProperties properties) {
        List<Route> routes = table.destinations().stream()
                .map(destination -> route(destination, table, breakers, properties.retry()))
                .toList();
        return () -> Flux.fromIterable(routes);
    }

    private static Route route(
            Destination destination, RoutingTable table, ServiceBreakers breakers, RoutingProperties.Retry retry) {
        List<GatewayFilter> filters = new ArrayList<>();
        filters.add(new BodyLimit(destination.maxBody()));
        filters.add(breakers.of(destination.service()));
        if (retry.times() > 0) {
            filters.add(new RepeatedReads(retry));
        }
        if (destination.rewrite() != null) {
            filters.add(new SeedPath(destination.rewrite()));
        }
        return Route.async()
                .id(destination.id())
                .uri(destination.uri())
                .predicate(exchange -> table.find(exchange) == destination)
                .metadata(Destination.class.getName(), destination)
                .metadata(
                        RESPONSE_TIMEOUT_ATTR,
                        destination.responseTimeout() == null
                                ? -1L
                                : destination.responseTimeout().toMillis())
                .filters(ordered(filters))
                .build();
    }

    /** Without an order a filter would come last, inside the one that talks to the service. */
    private static List<GatewayFilter> ordered(List<GatewayFilter> filters) {
        List<GatewayFilter> ordered = new ArrayList<>();
        for (GatewayFilter filter : filters) {
            ordered.add(new OrderedGatewayFilter(filter, ordered.size() + 1));
        }
        return ordered;
    }
}
