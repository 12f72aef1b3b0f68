package io.darvoza.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a port of 127.0.0.1 can be had and, if not, which process listens on it. */
public final class PortHolder {

    private static final int LINE_LENGTH = 100;
    private static final String LISTENING = "0A";

    private PortHolder() {}

    public static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            // Closed connections that linger do not count: servers bind the same way.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** "process 42 (java -jar other.jar)"; empty when it cannot be seen, as with a process of another user. */
    public static Optional<String> describe(int port) {
        var sockets = listeningSockets(port);
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> "process %d (%s)".formatted(process.pid(), commandLine(process)));
    }

    /** Inodes, from the kernel's tables of sockets: column 1 local address, 3 state, 9 inode. */
    private static Set<String> listeningSockets(int port) {
        var suffix = ":" + String.format(Locale.ROOT, "%04X", port);
        var inodes = new HashSet<String>();
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(row -> row.length > 9 && row[1].endsWith(suffix) && LISTENING.equals(row[3]))
                        .forEach(row -> inodes.add("socket:[" + row[9] + "]"));
            } catch (IOException e) {
                // A system without such a table.
            }
        }
        return inodes;
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }

    private static String commandLine(ProcessHandle process) {
        var line =
                process.info().commandLine().or(() -> process.info().command()).orElse("?");
        return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "…";
    }
}
