package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.SuiteLock;
import io.darvoza.local.supervisor.SuiteStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How long a start takes once everything is built and prepared, and how much memory the suite holds then. */
public final class StartBench {

    private static final String METHOD = """
        Seconds from typing `./suite up -d` to its return, when every part is ready and the gateway reaches every
        service; data, Keycloak's build and the AOT caches are there. The control is the same start with the AOT
        caches put aside, just before: the ratio below 1 is what they save. Memory is the proportional set size (PSS) of
        the supervisor and all its descendants at that moment.\
        """;

    private static final int WANTED_SECONDS = 60;
    private static final int HOPED_SECONDS = 30;
    private static final int WANTED_MEBIBYTES = 4096;
    private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(15);

    private final SuiteFolder suite;
    private final Clock clock;
    private final Consumer<String> progress;

    public StartBench(SuiteFolder suite, Clock clock, Consumer<String> progress) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
    }

    /** Starts and stops the suite that often, after one start to prepare. Returns the published page. */
    public BenchPage run(int repeats, String command) {
        if (SuiteLock.isHeld(suite)) {
            throw new StartFailure("The suite is running; stop it first: ./suite down");
        }
        prepare();
        var ups = new ArrayList<Double>();
        var sizes = new ArrayList<Double>();
        var table = new Table(
                "start", "control, seconds up", "seconds up", "ratio", "MiB PSS", "processes", "seconds down");
        for (var start = 1; start <= repeats; start++) {
            progress.accept("Start %d of %d".formatted(start, repeats));
            var control = secondsWithoutCaches();
            var up = seconds("up", "-d");
            var processes = processes();
            var mebibytes = processes.stream().mapToLong(StartBench::pss).sum() / 1024;
            var down = seconds("down");
            ups.add(up);
            sizes.add((double) mebibytes);
            table.row(
                    Integer.toString(start),
                    "%.1f".formatted(control),
                    "%.1f".formatted(up),
                    "%.2f×".formatted(up / control),
                    Long.toString(mebibytes),
                    Integer.toString(processes.size()),
                    "%.1f".formatted(down));
        }
        var promises = promises(new Samples(ups).median(), new Samples(sizes).highest());
        return new Report("up", command, METHOD, List.of("Linux on x86-64"), promises, table.toString()).page(clock);
    }

    private static List<Promise> promises(double seconds, double mebibytes) {
        return List.of(
                Promise.wanted("up within %d s".formatted(WANTED_SECONDS), seconds <= WANTED_SECONDS),
                Promise.aim("%d s".formatted(HOPED_SECONDS), seconds <= HOPED_SECONDS),
                Promise.wanted("at most %d MiB".formatted(WANTED_MEBIBYTES), mebibytes <= WANTED_MEBIBYTES));
    }

    private void prepare() {
        progress.accept("Preparing: one start, and what it prepares for the next");
        var unmeasured = seconds("up", "-d");
        progress.accept(String.format(Locale.ROOT, "That start took %.1f s", unmeasured));
        var deadline = clock.instant().plus(PREPARATION_LIMIT);
        while (SuiteStatus.read(suite).map(SuiteStatus::isPreparing).orElse(false)) {
            if (clock.instant().isAfter(deadline)) {
                throw new StartFailure("The preparation has not ended within " + PREPARATION_LIMIT);
            }
            pause();
        }
        unmeasured = seconds("down");
    }

    /** Of a start by JVMs that have nothing of the last one. What the suite begins to prepare meanwhile ends with it. */
    private double secondsWithoutCaches() {
        var caches = caches();
        for (var cache : caches) {
            move(cache, aside(cache));
        }
        try {
            var up = seconds("up", "-d");
            var unmeasured = seconds("down");
            return up;
        } finally {
            for (var cache : caches) {
                move(aside(cache), cache);
            }
        }
    }

    private List<Path> caches() {
        try (var files = Files.walk(suite.shared().resolve("applications"), 2)) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path aside(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".aside");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double seconds(String... arguments) {
        var words = new ArrayList<>(List.of(suite.root().resolve("suite").toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words)
                .directory(suite.root().toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        var begin = System.nanoTime();
        try {
            if (builder.start().waitFor() != 0) {
                throw new StartFailure("./suite %s failed".formatted(String.join(" ", arguments)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private List<ProcessHandle> processes() {
        return SuiteStatus.read(suite)
                .flatMap(status -> ProcessHandle.of(status.pid()))
                .map(supervisor -> Stream.concat(Stream.of(supervisor), supervisor.descendants())
                        .toList())
                .orElseThrow(() -> new StartFailure("The suite has no supervisor"));
    }

    /** In KiB; 0 of a process that has just ended. */
    private static long pss(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static StartFailure interrupted() {
        Thread.currentThread().interrupt();
        return new StartFailure("interrupted");
    }
}
