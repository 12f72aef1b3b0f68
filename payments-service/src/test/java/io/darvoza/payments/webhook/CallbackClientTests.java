package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.webhook.model.Attempt;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard on the address that a connection is really made to, with a resolver that lies. */
class CallbackClientTests {

    /** Gives every name the same address, as a partner's own name server could. */
    private static AddressResolverGroup<InetSocketAddress> resolvingTo(String address) {
        return new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String name, Promise<InetAddress> promise) {
                        promise.setSuccess(InetAddress.ofLiteral(address));
                    }

                    @Override
                    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                        promise.setSuccess(List.of(InetAddress.ofLiteral(address)));
                    }
                }.asAddressResolver();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"})
    void aPublicNameThatPointsInsideGetsNoConnection(String inside) throws IOException {
        var connections = new AtomicInteger();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> count(server, connections));

            Attempt attempt = send("https://rebinding.example:" + server.getLocalPort() + "/hook", resolvingTo(inside));

            assertThat(attempt.error()).isEqualTo("address_refused");
            assertThat(attempt.status()).isZero();
            assertThat(connections).hasValue(0);
        }
    }

    @Test
    void theGuardAloneStopsIt() throws IOException {
        var connections = new AtomicInteger();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> count(server, connections));
            // The same address as an exception: the way there works, and only the guard was between.
            String origin = "https://rebinding.example:" + server.getLocalPort();

            Attempt attempt = send(origin + "/hook", resolvingTo("127.0.0.1"), origin);

            assertThat(attempt.error()).isNotEqualTo("address_refused");
            assertThat(connections).hasValueGreaterThan(0);
        }
    }

    private static void count(ServerSocket server, AtomicInteger connections) {
        try {
            while (true) {
                server.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static Attempt send(String url, AddressResolverGroup<InetSocketAddress> resolver, String... exceptions) {
        var client =
                new CallbackClient(properties(Set.of(exceptions)), Clock.systemUTC(), http -> http.resolver(resolver));
        try {
            return client.send(new Due(
                            UUID.randomUUID(),
                            UUID.randomUUID(),
                            UUID.randomUUID(),
                            url,
                            "evt_1",
                            "{}",
                            1,
                            List.of(new WebhookSecret(new byte[32]))))
                    .block(Duration.ofSeconds(10));
        } finally {
            client.destroy();
        }
    }

    private static WebhookProperties properties(Set<String> exceptions) {
        Duration second = Duration.ofSeconds(1);
        return new WebhookProperties(
                exceptions,
                List.of(second),
                0.2,
                second,
                second,
                second,
                second.multipliedBy(2),
                second,
                second,
                second,
                4,
                2,
                second,
                10,
                second,
                second,
                second);
    }
}
