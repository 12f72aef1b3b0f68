package io.darvoza.gateway.apidocs;

import io.darvoza.gateway.routing.RoutingProperties;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocsProperties.class)
class DocsConfiguration {

    /** The path of springdoc at every service. */
    private static final String AT_SERVICE = "/v3/api-docs";

    /** The services are those of the routing table, by their names in the registry. */
    @Bean
    ApiDescriptions apiDescriptions(
            RoutingProperties routing,
            WebClient.Builder clients,
            ReactorLoadBalancerExchangeFilterFunction registry,
            DocsProperties properties,
            Clock clock) {
        WebClient client = clients.clone()
                .filter(registry)
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize(Math.toIntExact(properties.maxSize().toBytes())))
                .build();
        List<String> services = routing.services().values().stream()
                .filter(service -> "lb".equals(service.uri().getScheme()))
                .map(service -> service.uri().getHost())
                .sorted()
                .toList();
        return new ApiDescriptions(
                services, properties.refresh(), service -> fetch(client, service, properties), clock);
    }

    private static Mono<String> fetch(WebClient client, String service, DocsProperties properties) {
        return client.get()
                .uri("http://" + service + AT_SERVICE)
                .retrieve()
                .bodyToMono(String.class)
                .timeout(properties.timeout());
    }

    @Bean
    ProblemPages problemPages() {
        return new ProblemPages();
    }
}
