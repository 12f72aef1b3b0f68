package io.darvoza.gateway.hygiene;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Spring's CORS filter, ordered right behind {@link EdgeFilter}; not for paths whose service answers for its origins itself. */
public final class EarlyCors extends CorsWebFilter implements Ordered {

    private static final String LEFT = EarlyCors.class.getName() + ".left";

    private final List<PathPattern> leftToServices;

    EarlyCors(CorsConfigurationSource source, List<String> leftToServices) {
        super(source);
        this.leftToServices = leftToServices.stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public int getOrder() {
        return EdgeFilter.ORDER + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (!CorsUtils.isCorsRequest(exchange.getRequest())
                || leftToServices.stream().noneMatch(pattern -> pattern.matches(path))) {
            return super.filter(exchange, chain);
        }
        exchange.getAttributes().put(LEFT, true);
        return chain.filter(exchange);
    }

    /** Whether the request asks its service, not the gateway, what another origin's page may do. */
    public static boolean isPreflightForService(ServerWebExchange exchange) {
        return exchange.getAttribute(LEFT) != null && CorsUtils.isPreFlightRequest(exchange.getRequest());
    }
}
