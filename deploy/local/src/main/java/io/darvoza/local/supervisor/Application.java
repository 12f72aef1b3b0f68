package io.darvoza.local.supervisor;

import io.darvoza.local.infrastructure.JavaCommand;
import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * A service's program as it runs: its jar, taken apart (a JVM starts faster so, and can cache what it loads) into a
 * folder of its own, which the next build leaves alone. Suites of every offset share it.
 */
record Application(Path jar, Path cache) {

    private static final Duration KEPT_UNUSED = Duration.ofDays(1);

    /** The one that the build has made of this module. */
    static Application of(SuiteFolder folder, String module, Clock clock) {
        var built = builtJar(folder.root().resolve(module).resolve("target"), module);
        var name = Path.of(module).getFileName().toString();
        var all = folder.shared().resolve("applications");
        var home = all.resolve(name + "-" + fingerprint(built));
        try {
            if (!Files.isDirectory(home)) {
                removeUnused(all, name + "-", clock.instant());
                extract(built, all, home);
            }
            Files.setLastModifiedTime(home, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Application(home.resolve(built.getFileName()), home.resolve(cacheName(name)));
    }

    boolean isCached() {
        return Files.exists(cache);
    }

    /** A cache fits the very JVM that made it. */
    private static String cacheName(String name) {
        return "%s-%s.aot".formatted(name, System.getProperty("java.vm.version"));
    }

    private static Path builtJar(Path target, String module) {
        try (var jars = Files.newDirectoryStream(target, "*.jar")) {
            for (var jar : jars) {
                if (!jar.getFileName().toString().endsWith("-tests.jar")) {
                    return jar;
                }
            }
        } catch (IOException e) {
            throw new StartFailure(module + " is not built: " + target + " cannot be read");
        }
        throw new StartFailure(module + " is not built: there is no jar in " + target);
    }

    /** Of the contents, not of the file: a rebuild that changes nothing keeps what was taken apart. */
    private static String fingerprint(Path jar) {
        var sum = new CRC32();
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .map(entry -> entry.getName() + entry.getCrc() + entry.getSize())
                    .sorted()
                    .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.toHexString(sum.getValue());
    }

    private static void extract(Path jar, Path all, Path home) throws IOException {
        Files.createDirectories(all);
        var aside = Files.createTempDirectory(all, "extract-");
        var log = aside.resolve("extract.log");
        var words = List.of(
                JavaCommand.PATH,
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                aside.toString());
        try (var tools = Child.start(new Child.Command("The extraction of " + jar.getFileName(), words, log))) {
            if (tools.await(60) != 0) {
                throw new StartFailure(jar + " cannot be taken apart", log);
            }
        }
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            // A suite of another offset was faster.
            delete(aside);
        }
    }

    private static void removeUnused(Path parent, String prefix, Instant now) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (var old = Files.newDirectoryStream(parent, prefix + "*")) {
            for (var folder : old) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(KEPT_UNUSED))) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
