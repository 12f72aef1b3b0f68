package io.darvoza.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortHolderTests {

    @Test
    void namesTheProcessThatListens() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = socket.getLocalPort();

            assertThat(PortHolder.isTaken(port)).isTrue();
            assertThat(PortHolder.describe(port))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .startsWith("process " + ProcessHandle.current().pid() + " (")
                            .contains("java"));
        }
    }

    @Test
    void aFreePortHasNoHolder() {
        var port = FreePorts.next();

        assertThat(PortHolder.isTaken(port)).isFalse();
        assertThat(PortHolder.describe(port)).isEmpty();
    }
}
