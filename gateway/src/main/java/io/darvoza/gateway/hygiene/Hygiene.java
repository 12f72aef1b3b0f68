package io.darvoza.gateway.hygiene;

import java.util.List;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import reactor.netty.NettyPipeline;

/** Puts the parts of this package where each acts first: at the connection, before security, around everything. */
@Configuration(proxyBeanMethods = false)
class Hygiene {

    @Bean
    NettyServerCustomizer requestSanitizer(HygieneProperties properties) {
        RequestSanitizer sanitizer = new RequestSanitizer(new TrustedProxies(properties.trustedProxies()));
        return server -> server.doOnChannelInit((_, channel, _) ->
                        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "darvoza.sanitizer", sanitizer))
                .forwarded(RequestSanitizer::withCaller);
    }

    @Bean
    PathFirewall pathFirewall() {
        return new PathFirewall();
    }

    /** Before security, since a preflight carries no token. */
    @Bean
    CorsWebFilter cors(HygieneProperties properties, PublicAddress address) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.cors().allowedOrigins().isEmpty()) {
            source.registerCorsConfiguration("/v1/**", cors(properties.cors(), address));
        }
        return new EarlyCors(source, properties.cors().leftToServices());
    }

    private static CorsConfiguration cors(HygieneProperties.Cors properties, PublicAddress address) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(properties.allowedOrigins());
        // Behind a proxy that ends https, Spring takes our own pages for another origin's.
        configuration.addAllowedOrigin(address.origin());
        configuration.setAllowedMethods(List.of(
                HttpMethod.GET.name(),
                HttpMethod.HEAD.name(),
                HttpMethod.POST.name(),
                HttpMethod.PUT.name(),
                HttpMethod.PATCH.name(),
                HttpMethod.DELETE.name()));
        configuration.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                HttpHeaders.RANGE,
                "Idempotency-Key",
                "Last-Event-ID",
                RequestId.HEADER));
        configuration.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.LINK,
                "Deprecation",
                "Sunset",
                "RateLimit",
                "RateLimit-Policy",
                "Idempotency-Hit",
                RequestId.HEADER));
        configuration.setAllowCredentials(false);
        configuration.setMaxAge(properties.maxAge());
        return configuration;
    }
}
