package io.darvoza.common.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.channel.ChannelOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Builds the client of a system outside this service from {@code darvoza.clients.<name>}. Every call of it
 *
 * <ul>
 *   <li>ends within its time-outs and takes no larger body than allowed;
 *   <li>is repeated, after a random pause, only when its method is idempotent and the fault may pass;
 *   <li>is refused at once ({@code CallNotPermittedException}) while the system's breaker is open;
 *   <li>leaves one line in the log per try, without query and path variables, which may be personal.
 * </ul>
 *
 * <p>An answer of 502, 503 or 504 reaches the caller as {@code WebClientResponseException} like a fault of the connection; all
 * other answers are the adapter's to understand. Redirects are not followed.
 */
public final class OutsideClients implements DisposableBean {

    private final OutsideClientProperties properties;
    private final ObjectProvider<WebClient.Builder> builders;
    private final CircuitBreakerRegistry breakers;
    private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();

    /** Takes the builders from Spring Boot, which measures and traces the calls; each must be a new one. */
    public OutsideClients(
            OutsideClientProperties properties,
            ObjectProvider<WebClient.Builder> builders,
            CircuitBreakerRegistry breakers) {
        this.properties = properties;
        this.builders = builders;
        this.breakers = breakers;
    }

    /** A client with a pool and a breaker of its own; build it once per system. */
    public WebClient build(String name) {
        OutsideClientProperties.Settings settings = properties.of(name);
        WebClient.Builder builder = builders.getObject()
                .clientConnector(new ReactorClientHttpConnector(transport(name, settings)))
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize(
                                Math.toIntExact(settings.maxResponseSize().toBytes())))
                .filter(new Retries(settings));
        if (settings.breaker().enabled()) {
            builder.filter(new CircuitBreaking(breaker(name, settings.breaker())));
        }
        builder.filter(new OneTry(name, settings.callTimeout()));
        return settings.baseUrl() == null
                ? builder.build()
                : builder.baseUrl(settings.baseUrl().toString()).build();
    }

    private HttpClient transport(String name, OutsideClientProperties.Settings settings) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(settings.connections())
                .pendingAcquireMaxCount(settings.connections())
                .pendingAcquireTimeout(settings.acquireTimeout())
                .maxIdleTime(settings.maxIdleTime())
                .lifo()
                .build();
        pools.add(pool);
        return HttpClient.create(pool)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.responseTimeout())
                .compress(true);
    }

    private CircuitBreaker breaker(String name, OutsideClientProperties.Breaker settings) {
        return breakers.circuitBreaker(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls(settings.window() / 4)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    @Override
    public void destroy() {
        pools.forEach(ConnectionProvider::dispose);
    }
}
