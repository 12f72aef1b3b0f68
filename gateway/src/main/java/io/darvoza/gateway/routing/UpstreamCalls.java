package io.darvoza.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.darvoza.gateway.fallback.UpstreamFailures;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Talks to the services by Spring Cloud Gateway's own two filters, with a client prepared per destination and with our
 * treatment of headers in place of its chain of header filters, each of which would copy them once more.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamCalls {

    @Bean
    NettyRoutingFilter upstreamRequest(
            HttpClient client, HttpClientProperties properties, ObjectProvider<List<HttpHeadersFilter>> stock) {
        return new PreparedRequest(client, properties, stock);
    }

    @Bean
    NettyWriteResponseFilter upstreamResponse(
            GatewayProperties properties, ObjectProvider<List<HttpHeadersFilter>> stock) {
        return new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), stock) {

            /** A service that is silent right after its head: nothing was passed on yet, so that the caller can still be told. */
            @Override
            public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
                return super.filter(exchange, chain)
                        .onErrorMap(ReadTimeoutException.class, UpstreamFailures::problemOf);
            }

            @Override
            public List<HttpHeadersFilter> getHeadersFilters() {
                return List.of();
            }
        };
    }

    private static final class PreparedRequest extends NettyRoutingFilter {

        private static final List<HttpHeadersFilter> HEADERS = List.of(new RequestHeaders(), new ResponseHeaders());

        private final HttpClient client;
        private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

        PreparedRequest(
                HttpClient client, HttpClientProperties properties, ObjectProvider<List<HttpHeadersFilter>> stock) {
            super(client, stock, properties);
            this.client = client;
        }

        @Override
        public List<HttpHeadersFilter> getHeadersFilters() {
            return HEADERS;
        }

        /**
         * Calls with path and query as they were asked. Spring Cloud Gateway encodes a query that it cannot read anew, percent
         * signs included, and a partner's signature would fit no more.
         */
        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            URI built = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
            URI asked = exchange.getRequest().getURI();
            if (!Objects.equals(built.getRawQuery(), asked.getRawQuery())
                    || !Objects.equals(built.getRawPath(), asked.getRawPath())) {
                exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, asAsked(built, asked));
            }
            return super.filter(exchange, chain);
        }

        private static URI asAsked(URI built, URI asked) {
            String query = asked.getRawQuery();
            return URI.create(built.getScheme() + "://" + built.getRawAuthority() + asked.getRawPath()
                    + (query == null ? "" : "?" + query));
        }

        @Override
        protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
            HttpClient prepared = clients.get(route.getId());
            return prepared == null ? clients.computeIfAbsent(route.getId(), _ -> prepare(route)) : prepared;
        }

        private HttpClient prepare(Route route) {
            Destination destination =
                    (Destination) Objects.requireNonNull(route.getMetadata().get(Destination.class.getName()));
            return client.option(
                    ChannelOption.CONNECT_TIMEOUT_MILLIS,
                    Math.toIntExact(destination.connectTimeout().toMillis()));
        }
    }
}
