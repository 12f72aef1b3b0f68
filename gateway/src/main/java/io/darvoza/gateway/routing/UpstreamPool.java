package io.darvoza.gateway.routing;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections to the services: a fixed pool per instance, the last used first, so that idle ones close. Differs from
 * Spring Cloud Gateway's own in three ways: the queue for a connection is bounded, nothing is sent twice unasked, and a service that
 * falls silent in the middle of an answer does not keep its connection.
 */
@Component
final class UpstreamPool extends HttpClientFactory {

    private final Duration silence;

    UpstreamPool(
            RoutingProperties routing,
            HttpClientProperties properties,
            ServerProperties serverProperties,
            HttpClientSslConfigurer sslConfigurer,
            List<HttpClientCustomizer> customizers) {
        super(properties, serverProperties, sslConfigurer, customizers);
        this.silence = routing.silence();
    }

    @Override
    protected HttpClient createInstance() {
        // Reactor Netty repeats a request, of whatever method, once when a kept connection turns out to be closed.
        return super.createInstance()
                .disableRetry(true)
                .doOnChannelInit((_, channel, _) -> channel.pipeline()
                        .addBefore(NettyPipeline.ReactiveBridge, "bodySilence", new BodySilence(silence)));
    }

    @Override
    protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
        HttpClientProperties.Pool pool = properties.getPool();
        return ConnectionProvider.builder("services")
                .maxConnections(pool.getMaxConnections())
                .pendingAcquireMaxCount(2 * pool.getMaxConnections())
                .pendingAcquireTimeout(Duration.ofMillis(pool.getAcquireTimeout()))
                .maxIdleTime(pool.getMaxIdleTime())
                .maxLifeTime(pool.getMaxLifeTime())
                .evictInBackground(pool.getEvictionInterval())
                .lifo()
                .metrics(pool.isMetrics())
                .build();
    }
}
