package io.darvoza.common.reactive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Named places in the code where a test can hold the process in order to kill it.
 *
 * <p>Of a process started with {@code -Ddarvoza.failpoint=<name>,<name>…} the first thread that comes to such a place stops there
 * for ever, after it has added the name to the file named by {@code -Ddarvoza.failpoint.marker}; others pass. In every other
 * process reaching one costs a comparison with null.
 */
public final class Failpoint {

    private static final @Nullable Set<String> ARMED = armed(System.getProperty("darvoza.failpoint"));

    private Failpoint() {}

    /** Goes on, unless this process was started to stop here. */
    public static void reached(String name) {
        if (ARMED != null && ARMED.remove(name)) {
            stop(name);
        }
    }

    private static @Nullable Set<String> armed(@Nullable String names) {
        if (names == null) {
            return null;
        }
        Set<String> armed = ConcurrentHashMap.newKeySet();
        armed.addAll(Set.of(names.split(",")));
        return armed;
    }

    private static void stop(String name) {
        String marker = System.getProperty("darvoza.failpoint.marker");
        if (marker != null) {
            try {
                Files.writeString(Path.of(marker), name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        while (true) {
            LockSupport.park();
        }
    }
}
