package io.darvoza.common.test.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** The folder of this test JVM's servers. At the end of the JVM they are closed, the last first, and the folder deleted. */
final class Scratch {

    private static final Path FOLDER = create();
    private static final Deque<AutoCloseable> SERVERS = new ArrayDeque<>();

    private Scratch() {}

    static Path folder(String name) {
        return FOLDER.resolve(name);
    }

    static synchronized <S extends AutoCloseable> S closedAtEnd(S server) {
        SERVERS.push(server);
        return server;
    }

    private static Path create() {
        try {
            Path folder = Files.createTempDirectory("darvoza-test-");
            // PostgreSQL may have to run as a user who is not the folder's owner.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            Runtime.getRuntime().addShutdownHook(new Thread(Scratch::end, "test-infrastructure-end"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void end() {
        while (!SERVERS.isEmpty()) {
            try {
                SERVERS.pop().close();
            } catch (Exception e) {
                // The servers end with this JVM anyway.
                System.err.println("a test server did not close: " + e);
            }
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("a test folder was left behind: " + e);
        }
    }
}
