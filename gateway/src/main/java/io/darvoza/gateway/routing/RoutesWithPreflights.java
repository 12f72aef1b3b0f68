package io.darvoza.gateway.routing;

import io.darvoza.gateway.hygiene.EarlyCors;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** The routes; preflights that a service answers take them from here, behind security: Spring's dispatcher hands no preflight on. */
@Component
final class RoutesWithPreflights extends RoutePredicateHandlerMapping implements WebFilter {

    RoutesWithPreflights(
            FilteringWebHandler handler, RouteLocator routes, GlobalCorsProperties cors, Environment environment) {
        super(handler, routes, cors, environment);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return EarlyCors.isPreflightForService(exchange)
                ? getHandlerInternal(exchange)
                        .cast(WebHandler.class)
                        .map(route -> route.handle(exchange))
                        .defaultIfEmpty(chain.filter(exchange))
                        .flatMap(answer -> answer)
                : chain.filter(exchange);
    }
}
