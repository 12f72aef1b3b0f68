package io.darvoza.endtoend.postman;

import io.darvoza.common.test.committed.CommittedFile;
import io.darvoza.common.test.program.DebianProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Postman's runner, of the version that {@code newman/package-lock.json} pins; npm fetches it when it is not there yet. */
final class Newman {

    private static final Duration INSTALL = Duration.ofMinutes(3);
    private static final Duration RUN = Duration.ofMinutes(1);

    private final Path folder = CommittedFile.root().resolve("deploy/end-to-end/newman");

    /** How it ended, and what it wrote. */
    record Result(int exitCode, String output) {}

    /** Runs a collection; its files lie in its own folder. */
    Result run(Path collection, Path environment) {
        String node = DebianProgram.find("node", "nodejs").toString();
        install();
        return execute(
                RUN,
                node,
                "node_modules/newman/bin/newman.js",
                "run",
                collection.toString(),
                "--environment",
                environment.toString(),
                "--working-dir",
                collection.getParent().toString(),
                "--timeout-request",
                "20000",
                "--color",
                "off",
                "--disable-unicode");
    }

    /** What is installed is told by a copy of the lock file, which an interrupted installation lacks. */
    private void install() {
        try {
            Path stamp = folder.resolve("node_modules/.installed");
            byte[] wanted = Files.readAllBytes(folder.resolve("package-lock.json"));
            if (Files.exists(stamp) && Arrays.equals(Files.readAllBytes(stamp), wanted)) {
                return;
            }
            String npm = DebianProgram.find("npm", "npm").toString();
            Result installed = execute(INSTALL, npm, "ci", "--no-progress");
            if (installed.exitCode() != 0) {
                throw new AssertionError("newman is needed, and npm could not fetch it:\n" + installed.output());
            }
            Files.write(stamp, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result execute(Duration limit, String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        try {
            Path output = Files.createTempFile("newman", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended) {
                throw new AssertionError(String.join(" ", command) + " did not end:\n" + text);
            }
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
