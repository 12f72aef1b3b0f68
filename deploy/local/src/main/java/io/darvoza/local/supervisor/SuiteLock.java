package io.darvoza.local.supervisor;

import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the supervisor for as long as it lives; the system takes it back however it ends. */
public final class SuiteLock implements AutoCloseable {

    private final FileChannel channel;

    private SuiteLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty when another process holds it, that is, when this suite runs. */
    static Optional<SuiteLock> take(SuiteFolder folder) {
        try {
            var channel = FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(new SuiteLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this suite runs. */
    public static boolean isHeld(SuiteFolder folder) {
        if (!Files.exists(file(folder))) {
            return false;
        }
        var lock = take(folder);
        lock.ifPresent(SuiteLock::close);
        return lock.isEmpty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(SuiteFolder folder) {
        return folder.run().resolve("lock");
    }
}
