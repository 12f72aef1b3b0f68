package io.darvoza.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A connection goes on being read after requests that had to wait for the one before. Reactor Netty 1.3.6 stopped there now
 * and then (its issue 4361), and a caller's next request was never answered.
 */
@RunningGateway
class KeptConnectionTests {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void isReadAgainAfterRequestsThatCameAtOnce(int atOnce) throws IOException {
        try (Socket socket = connected()) {
            for (int round = 0; round < 50; round++) {
                ask(socket, atOnce);
                for (int i = 0; i < atOnce; i++) {
                    assertThat(statusOfNext(socket.getInputStream()))
                            .as("answer %d of round %d", i, round)
                            .isEqualTo(401);
                }
            }
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void ask(Socket socket, int times) throws IOException {
        String request = "GET /v1/dbo/users/me HTTP/1.1\r\nHost: gate.test\r\n\r\n";
        socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
    }

    private static int statusOfNext(InputStream answers) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answers.read();
            assertThat(next).as("the connection's end after «%s»", head).isNotNegative();
            head.append((char) next);
        }
        answers.skipNBytes(Long.parseLong(head.toString().replaceFirst("(?is).*content-length: *(\\d+).*", "$1")));
        return Integer.parseInt(head.substring(9, 12));
    }
}
