package io.darvoza.common.test.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program of the tests' class path in a JVM of its own, to be killed: {@code kill -9} leaves it no time for anything.
 *
 * <p>Armed with a failpoint it stops by itself at that place, waiting for its end.
 */
public final class KilledProcess implements AutoCloseable {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +(?<bytes>[0-9]+)");

    private final Process process;
    private final Path output;
    private final Path marker;

    private KilledProcess(Process process, Path output, Path marker) {
        this.process = process;
        this.output = output;
        this.marker = marker;
    }

    /**
     * Starts a program.
     *
     * @param failpoint where it stops, several with commas, or null
     * @param properties given to it as system properties
     */
    public static KilledProcess start(
            Class<?> mainClass, @Nullable String failpoint, Map<String, String> properties, String... arguments) {
        String name = mainClass.getSimpleName() + "-" + UUID.randomUUID();
        Path output = Scratch.folder(name + ".log");
        Path marker = Scratch.folder(name + ".marker");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        properties.forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
        if (failpoint != null) {
            command.add("-Ddarvoza.failpoint=" + failpoint);
            command.add("-Ddarvoza.failpoint.marker=" + marker);
        }
        command.addAll(List.of("-cp", classPath(), mainClass.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var started = new KilledProcess(process, output, marker);
            return Scratch.closedAtEnd(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Waits until a thread of the program stands at one of its failpoints. */
    public void awaitFailpoint(Duration limit) {
        await(limit, "its failpoint", () -> Files.exists(marker));
    }

    /** Waits until a thread of the program stands at this failpoint. */
    public void awaitFailpoint(Duration limit, String name) {
        await(limit, name, () -> stopped().contains(name));
    }

    /** The failpoints at which a thread stands. */
    private List<String> stopped() {
        try {
            return Files.exists(marker) ? Files.readAllLines(marker) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program has written such a text. */
    public void awaitOutput(Duration limit, String text) {
        await(limit, text, () -> output().contains(text));
    }

    private void await(Duration limit, String what, java.util.function.BooleanSupplier reached) {
        long end = System.nanoTime() + limit.toNanos();
        while (!reached.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(
                        "the program has not come to %s within %s; it wrote:%n%s".formatted(what, limit, output()));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How many bytes of its heap are reachable. Collects all the rest. */
    public long liveBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(said);
            if (!total.find()) {
                throw new IOException("no total of the heap's objects: " + said);
            }
            return Long.parseLong(total.group("bytes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() {
        try {
            process.destroyForcibly();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
