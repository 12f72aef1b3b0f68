package io.darvoza.common.test.security;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JWKS end of an issuer, on a free local port: counts fetches, and can hang, fail, talk nonsense or rotate its key. Lists an
 * RS256 key and an encryption key beside the one that signs, as Keycloak does.
 */
public final class TestJwks {

    /** How fetches are answered. */
    public enum Mode {
        OK,
        HANG,
        ERROR,
        GARBAGE,
        HUGE
    }

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private final TestKey rs256 = TestKey.generate(JWSAlgorithm.RS256, KeyUse.SIGNATURE);
    private final TestKey encryption = TestKey.generate(JWEAlgorithm.RSA_OAEP, KeyUse.ENCRYPTION);
    private volatile TestKey signing = TestKey.generate(JWSAlgorithm.PS256, KeyUse.SIGNATURE);
    private volatile Mode mode = Mode.OK;
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    TestJwks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("test-jwks-", 0).factory()));
        server.createContext("/certs", this::answer);
        server.start();
    }

    /** Where services fetch the keys. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
    }

    /** How many fetches have begun. */
    public int fetches() {
        return fetches.get();
    }

    /** Answers from now on in that way; lets go of fetches that hang. */
    public void answer(Mode next) {
        CountDownLatch before = hanging;
        hanging = new CountDownLatch(next == Mode.HANG ? 1 : 0);
        mode = next;
        before.countDown();
    }

    /** Withdraws the signing key and lists another one instead. */
    public void rotate() {
        signing = TestKey.generate(JWSAlgorithm.PS256, KeyUse.SIGNATURE);
    }

    /** Lists that signing key instead of the present one. */
    public void rotateTo(TestKey key) {
        signing = key;
    }

    /** The key that signs access tokens now. */
    public TestKey signingKey() {
        return signing;
    }

    /** A key of the issuer's that is listed, but not for access tokens. */
    public TestKey rs256Key() {
        return rs256;
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        try (exchange) {
            switch (mode) {
                case OK -> send(exchange, 200, keys());
                case HANG -> awaitRelease();
                case ERROR -> send(exchange, 500, "{\"error\":\"unknown_error\"}");
                case GARBAGE -> send(exchange, 200, "<html>maintenance</html>");
                case HUGE -> send(exchange, 200, keys() + " ".repeat(1_000_000));
            }
        }
    }

    private String keys() {
        return new JWKSet(List.of(rs256.publicKey(), encryption.publicKey(), signing.publicKey())).toString();
    }

    private void awaitRelease() {
        try {
            hanging.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
