package io.darvoza.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on, for tests. Below the range from which Linux takes the ports of outgoing connections
 * ({@code ip_local_port_range}), so that none of those takes one before it is used, and above the suite's own.
 */
public final class FreePorts {

    private static final int FIRST = 25_000;
    private static final int END = 32_000;

    private FreePorts() {}

    /** A port of 127.0.0.1 that nothing listens on at this moment. */
    public static int next() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken; another one is not.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
