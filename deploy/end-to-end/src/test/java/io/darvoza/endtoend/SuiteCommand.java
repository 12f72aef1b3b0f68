package io.darvoza.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The script {@code suite} of this working copy, for a suite of its own on shifted ports.
 *
 * @param training whether it prepares its next starts, which costs a suite that has none minutes of processor time
 */
record SuiteCommand(int offset, boolean training) {

    /** How a command ended and what it printed. */
    record Result(int exitCode, String output) {}

    /** Runs it to its end. */
    Result run(Duration limit, String... arguments) {
        try {
            Path output = Files.createTempFile("suite", ".out");
            Process process = start(output, arguments);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException("suite " + String.join(" ", arguments) + " did not end:\n" + text);
            }
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it and leaves it running; what it prints goes into the file. */
    Process start(Path output, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(root().resolve("suite").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        builder.environment().put("SUITE_PORT_OFFSET", Integer.toString(offset));
        // The build around this test has just made what is to be run.
        builder.environment().put("SUITE_BUILD", "off");
        builder.environment().put("SUITE_TRAINING", training ? "on" : "off");
        return builder.start();
    }

    /** The address of a part, by its port in a suite without offset. */
    URI at(int port) {
        return URI.create("http://127.0.0.1:" + (port + offset));
    }

    /** Where the suite keeps data, logs and secrets. */
    Path state() {
        return root().resolve(".suite-" + offset);
    }

    /** Everything that was started for this suite: it has inherited the suite's environment. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            String environment = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains("SUITE_PORT_OFFSET=" + offset);
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("suite"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
