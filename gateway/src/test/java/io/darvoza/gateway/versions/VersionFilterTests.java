package io.darvoza.gateway.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.RequestPrincipal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class VersionFilterTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CurrentApiVersions current =
            new CurrentApiVersions(new VersionFixtures.Rows(), VersionFixtures.PROPERTIES);
    private final AtomicInteger passed = new AtomicInteger();

    @BeforeEach
    void readTheTable() {
        current.refresh();
    }

    @Test
    void announcesTheEndOfADeprecatedVersion() {
        MockServerWebExchange exchange = exchange("/v1/payments/orders");

        StepVerifier.create(filter(exchange, VersionFixtures.DEPRECATION)).verifyComplete();

        assertThat(exchange.getResponse().getHeaders().toSingleValueMap())
                .containsEntry("Deprecation", "@1796083200")
                .containsEntry("Sunset", "Tue, 01 Jun 2027 00:00:00 GMT")
                .containsKey("Link");
        assertThat(passed).hasValue(1);
    }

    @Test
    void refusesAVersionAfterItsSunsetAndNamesTheSuccessor() {
        MockServerWebExchange exchange = exchange("/v1/payments/orders");

        StepVerifier.create(filter(exchange, VersionFixtures.SUNSET))
                .expectErrorSatisfies(fault ->
                        assertThat(((ProblemException) fault).type()).isEqualTo(GatewayProblem.API_VERSION_SUNSET))
                .verify();

        assertThat(exchange.getResponse().getHeaders().getFirst("Link")).contains("</v2/payments>");
        assertThat(passed).hasValue(0);
    }

    @Test
    void refusesAVersionThatIsNotThere() {
        StepVerifier.create(filter(exchange("/v9/payments/orders"), VersionFixtures.DEPRECATION))
                .expectErrorSatisfies(fault ->
                        assertThat(((ProblemException) fault).type()).isEqualTo(GatewayProblem.API_VERSION_UNKNOWN))
                .verify();
        assertThat(passed).hasValue(0);
    }

    @Test
    void saysNothingAboutOtherPaths() {
        MockServerWebExchange exchange = exchange("/documents");

        StepVerifier.create(filter(exchange, VersionFixtures.SUNSET)).verifyComplete();

        assertThat(exchange.getResponse().getHeaders().isEmpty()).isTrue();
        assertThat(passed).hasValue(1);
    }

    @Test
    void countsUseByVersionAndClientAndTellsABoundedNumberOfClientsApart() {
        VersionFilter filter = filter(VersionFixtures.DEPRECATION);
        for (String client : new String[] {"mobile", "partner", "partner", "third", "fourth"}) {
            MockServerWebExchange exchange = exchange("/v1/payments");
            new RequestPrincipal("client:" + client, client).keepIn(exchange);
            StepVerifier.create(filter.filter(exchange, _ -> Mono.empty())).verifyComplete();
        }
        StepVerifier.create(filter.filter(exchange("/v2/payments"), _ -> Mono.empty()))
                .verifyComplete();

        assertThat(count("v1", "mobile")).isEqualTo(1);
        assertThat(count("v1", "partner")).isEqualTo(2);
        assertThat(count("v1", "other")).isEqualTo(2);
        assertThat(count("v2", "anonymous")).isEqualTo(1);
    }

    private double count(String version, String client) {
        return meters.get("darvoza.api.requests")
                .tags("api", "payments", "version", version, "client", client)
                .counter()
                .count();
    }

    private static MockServerWebExchange exchange(String path) {
        return MockServerWebExchange.from(MockServerHttpRequest.get(path));
    }

    private Mono<Void> filter(MockServerWebExchange exchange, Instant now) {
        return filter(now).filter(exchange, _ -> Mono.fromRunnable(passed::incrementAndGet));
    }

    private VersionFilter filter(Instant now) {
        return new VersionFilter(current, new VersionUse(meters, 2), Clock.fixed(now, ZoneOffset.UTC));
    }
}
