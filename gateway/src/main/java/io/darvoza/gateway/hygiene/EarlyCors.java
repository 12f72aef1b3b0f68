package io.darvoza.gateway.hygiene;

import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;

/** Spring's CORS filter, ordered right behind {@link EdgeFilter}. */
final class EarlyCors extends CorsWebFilter implements Ordered {

    EarlyCors(CorsConfigurationSource source) {
        super(source);
    }

    @Override
    public int getOrder() {
        return EdgeFilter.ORDER + 1;
    }
}
