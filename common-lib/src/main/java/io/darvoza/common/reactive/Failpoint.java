package io.darvoza.common.reactive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Named places in the code where a test can hold the process in order to kill it.
 *
 * <p>A process started with {@code -Ddarvoza.failpoint=<name>} stops for ever at that place, after it has made the file named
 * by {@code -Ddarvoza.failpoint.marker}. In every other process reaching one costs a comparison with null.
 */
public final class Failpoint {

    private static final @Nullable String ARMED = System.getProperty("darvoza.failpoint");

    private Failpoint() {}

    /** Goes on, unless this process was started to stop here. */
    public static void reached(String name) {
        if (name.equals(ARMED)) {
            stop(name);
        }
    }

    private static void stop(String name) {
        String marker = System.getProperty("darvoza.failpoint.marker");
        if (marker != null) {
            try {
                Files.writeString(Path.of(marker), name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        while (true) {
            LockSupport.park();
        }
    }
}
