package io.darvoza.gateway.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that need not speak HTTP: reads the head of a request, then does what it is told with the connection. */
final class RawService implements AutoCloseable {

    interface Behaviour {
        void with(Socket connection) throws IOException, InterruptedException;
    }

    /** Nobody hears of the request again. */
    static final Behaviour HANG = _ -> Thread.sleep(60_000);

    static final Behaviour CLOSE = Socket::close;

    static Behaviour say(String bytes) {
        return connection -> {
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            connection.close();
        };
    }

    private final ServerSocket server;
    private final AtomicInteger requests = new AtomicInteger();

    RawService(Behaviour behaviour) {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(() -> accept(behaviour));
    }

    /** A port where nobody listens. */
    static int deadPort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection, behaviour));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            int ends = 0;
            for (int c = connection.getInputStream().read(); c >= 0 && ends < 4; ) {
                ends = c == "\r\n\r\n".charAt(ends) ? ends + 1 : 0;
                c = ends < 4 ? connection.getInputStream().read() : c;
            }
            requests.incrementAndGet();
            behaviour.with(connection);
        } catch (IOException | InterruptedException _) {
            // The other side has gone, or the test is over.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
