package io.darvoza.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the measurement ran on, and how busy it is with other things. */
final class Machine {

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int FIRST_FIELD = 1;
    private static final int FIELDS = 8;

    private Machine() {}

    /** For instance {@code 2 cores of AMD EPYC 9B14, 24 GiB, Linux 6.18.44, Temurin-25.0.3+9 }. */
    static String facts() {
        return "%d cores of %s, %s of memory, Linux %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value(Path.of("/proc/cpuinfo"), "model name"),
                        memory(),
                        System.getProperty("os.version"),
                        System.getProperty("java.vendor.version", "Java") + " (" + Runtime.version() + ")");
    }

    /** Processor time so far: of all kinds, and of it what was spent on work. */
    record Ticks(long all, long busy) {

        static Ticks now() {
            var fields = read(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .split("\\s+");
            var ticks = Arrays.stream(fields, FIRST_FIELD, FIRST_FIELD + FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            var all = Arrays.stream(ticks).sum();
            return new Ticks(all, all - ticks[IDLE] - ticks[IO_WAIT]);
        }

        /** The busy share of all cores since then, from 0 to 1. */
        double busySince(Ticks earlier) {
            return all == earlier.all ? 0 : (double) (busy - earlier.busy) / (all - earlier.all);
        }
    }

    /** Bytes that programs could still get without swapping. */
    static long availableMemory() {
        var kibibytes = value(Path.of("/proc/meminfo"), "MemAvailable").replaceAll("\\D", "");
        return Long.parseLong(kibibytes) * 1024;
    }

    private static String memory() {
        var kibibytes = value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return Math.round(Long.parseLong(kibibytes) / 1024.0 / 1024.0) + " GiB";
    }

    private static String value(Path file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown " + name);
    }

    static String read(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
