package io.darvoza.common.security;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;

/**
 * Keeps health, information and metrics open on the management port to whom the network lets near it, for probes and scrapers,
 * which have no tokens; every other endpoint there is for the role {@code ops}. Where an application has management on its public
 * port, health is open and the rest closed to all.
 */
@AutoConfiguration(
        after = ResourceServerAutoConfiguration.class,
        before = ReactiveManagementWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ManagementSecurityAutoConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnMissingBean(name = "managementSecurity")
    SecurityWebFilterChain managementSecurity(ServerHttpSecurity http, BearerSecurity bearer, Environment environment) {
        boolean apart = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        ServerWebExchangeMatcher open =
                apart ? EndpointRequest.to("health", "info", "prometheus") : EndpointRequest.to(HealthEndpoint.class);
        return bearer.stateless(http)
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeExchange(exchanges -> {
                    var rest = exchanges.matchers(open).permitAll().anyExchange();
                    if (apart) {
                        rest.hasAuthority("ops");
                    } else {
                        rest.denyAll();
                    }
                })
                .build();
    }
}
