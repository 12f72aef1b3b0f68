package io.darvoza.common.test.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that tests run: the one on the PATH, or else the distribution's, installed by its package manager. Never a skip: where it
 * cannot be had, the test fails with a sentence that says what to do.
 */
public final class DebianProgram {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private DebianProgram() {}

    /** Where it lies. */
    public static Path find(String name, String debianPackage) {
        return find(List.of(name), List.of(debianPackage));
    }

    /**
     * Where the first of several lies that would do.
     *
     * @param packages which are tried one after the other
     */
    public static Path find(List<String> names, List<String> packages) {
        return onPath(names)
                .or(() -> install(names, packages))
                .orElseThrow(() -> new AssertionError(
                        "The tests need the program %s and could not install it; as root: apt-get install %s"
                                .formatted(names.getFirst(), packages.getFirst())));
    }

    private static Optional<Path> onPath(List<String> names) {
        String[] folders = System.getenv("PATH").split(":");
        return names.stream()
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One at a time on this machine: package managers do not wait for each other. */
    private static synchronized Optional<Path> install(List<String> names, List<String> packages) {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "darvoza-apt-get.lock");
        try (var alone = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = alone.lock()) {
            if (onPath(names).isEmpty() && aptGet("update")) {
                boolean ignored = packages.stream().anyMatch(one -> aptGet("install", "-y", one));
            }
            return onPath(names);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean aptGet(String... words) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            Process process = builder.start();
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException noPackageManager) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
