package io.darvoza.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this one. It is started through {@code child.sh}, which holds a pipe to this JVM: when the
 * pipe closes, by {@link #close} or because the JVM was killed, the process gets its stop signal and 25 seconds later
 * is killed.
 */
public final class Child implements AutoCloseable {

    private static final String SCRIPT = script();
    /** Longer than child.sh waits before it kills. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final long LOG_BYTES_KEPT = 10L << 20;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * What to run.
     *
     * @param name how messages call it
     * @param environment added to this process's own
     * @param log takes the output, appended
     * @param stopSignal for instance {@code TERM}
     */
    public record Command(
            String name, List<String> words, Map<String, String> environment, Path log, String stopSignal) {

        public Command(String name, List<String> words, Path log) {
            this(name, words, Map.of(), log, "TERM");
        }
    }

    public static Child start(Command command) {
        var words = new ArrayList<>(List.of("bash", "-c", SCRIPT, command.name(), command.stopSignal()));
        words.addAll(command.words());
        try {
            Files.createDirectories(command.log().getParent());
            rotate(command.log());
            var builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(command.log().toFile()));
            builder.environment().putAll(command.environment());
            return new Child(command.name(), command.log(), builder.start());
        } catch (IOException e) {
            throw new StartFailure(command.name() + " cannot be started: " + e.getMessage(), command.log());
        }
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process id of the wrapper; the command itself is its child. */
    public long pid() {
        return process.pid();
    }

    /** Completes with the command's exit code. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for the end.
     *
     * @return the exit code
     * @throws StartFailure when it takes longer than that
     */
    public int await(long seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new StartFailure(name + " has not finished within " + seconds + " s", log);
    }

    /** Stops the process in an orderly way and waits until it is gone, also when this thread is interrupted. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken: the wrapper has gone, and its watcher has seen or will see the same.
            process.destroy();
        }
        if (!hasEndedWithin(STOP_LIMIT)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private boolean hasEndedWithin(Duration limit) {
        var interrupted = false;
        try {
            var deadline = System.nanoTime() + limit.toNanos();
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String script() {
        try (InputStream script = Child.class.getResourceAsStream("child.sh")) {
            if (script == null) {
                throw new IllegalStateException("child.sh is missing from the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
