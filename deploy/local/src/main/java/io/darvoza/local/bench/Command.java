package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs and ends within a bound, and what it printed. */
record Command(List<String> words, Path folder, Map<String, String> environment, Duration limit) {

    /** Output and errors together, whatever the exit code. */
    record Ended(int exitCode, String output) {}

    Command(Duration limit, String... words) {
        this(List.of(words), Path.of("").toAbsolutePath(), Map.of(), limit);
    }

    /** What a program prints that succeeds. */
    String output() {
        var ended = run();
        if (ended.exitCode() != 0) {
            throw new StartFailure("%s ended with exit code %d: %s"
                    .formatted(
                            String.join(" ", words),
                            ended.exitCode(),
                            ended.output().strip()));
        }
        return ended.output();
    }

    void succeed() {
        var ignored = output();
    }

    /** Runs, and it does not matter how it ends. */
    void attempt() {
        var ignored = run();
    }

    Ended run() {
        try {
            var printed = Files.createTempFile("bench", ".out");
            try {
                var builder = new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile());
                builder.environment().putAll(environment);
                return new Ended(await(builder.start()), Files.readString(printed, StandardCharsets.UTF_8));
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new StartFailure(words.getFirst() + " cannot be run: " + e.getMessage());
        }
    }

    private int await(Process process) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new StartFailure(words.getFirst() + " has not ended within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while " + words.getFirst() + " ran");
        } finally {
            process.destroyForcibly();
        }
    }
}
