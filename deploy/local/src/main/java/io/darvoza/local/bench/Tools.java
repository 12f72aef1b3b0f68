package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Programs of others that a measurement or a test needs: from the {@code PATH}, else out of Debian's packages, which are unpacked
 * into a folder and not installed.
 *
 * @param environment with which these programs find their libraries
 */
public record Tools(Map<String, Path> programs, Map<String, String> environment) {

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);
    private static final Pattern MISSING_PACKAGE = Pattern.compile("^Inst (\\S+)", Pattern.MULTILINE);
    /** Of programs whose package has another name. */
    private static final Map<String, String> PACKAGES = Map.of("pgbench", "postgresql", "clamd", "clamav-daemon");

    private static final List<String> LIBRARIES =
            List.of("usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib");

    /**
     * Finds these programs.
     *
     * @throws StartFailure one sentence that says what is missing
     */
    public static Tools find(Path folder, String... names) {
        if (Stream.of(names).anyMatch(name -> locate(name, folder).isEmpty())) {
            unpack(folder, List.of(names));
        }
        var programs = Stream.of(names)
                .collect(Collectors.toMap(
                        name -> name,
                        name -> locate(name, folder)
                                .orElseThrow(() -> new StartFailure(
                                        name + " is missing, and its Debian package did not bring it"))));
        var libraries =
                LIBRARIES.stream().map(folder::resolve).map(Path::toString).toList();
        return new Tools(programs, Map.of("LD_LIBRARY_PATH", String.join(File.pathSeparator, libraries)));
    }

    /** Where a program is. */
    public String path(String name) {
        return Optional.ofNullable(programs.get(name)).orElseThrow().toString();
    }

    private static Optional<Path> locate(String name, Path folder) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).map(Path::of),
                        Stream.concat(
                                versions(folder),
                                Stream.of("usr/bin", "usr/sbin").map(folder::resolve)))
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** PostgreSQL's programs lie apart, by version; what the usual folder has of them works only when it is installed. */
    private static Stream<Path> versions(Path folder) {
        var all = folder.resolve("usr/lib/postgresql").toFile().list();
        return all == null
                ? Stream.empty()
                : Stream.of(all).sorted().map(version -> folder.resolve("usr/lib/postgresql/" + version + "/bin"));
    }

    private static void unpack(Path folder, List<String> names) {
        var packages = packagesToGet(
                names.stream().map(name -> PACKAGES.getOrDefault(name, name)).toList());
        var missing = "%s is needed and neither on the PATH nor to be had from Debian's packages"
                .formatted(String.join(" and ", names));
        if (packages.isEmpty()) {
            throw new StartFailure(missing);
        }
        var archives = folder.resolve("archives");
        try {
            Files.createDirectories(archives);
            var words = new ArrayList<>(List.of("apt-get", "download"));
            words.addAll(packages);
            if (new Command(words, archives, Map.of(), DOWNLOAD).run().exitCode() != 0) {
                throw new StartFailure(missing);
            }
            try (var downloaded = Files.newDirectoryStream(archives, "*.deb")) {
                for (var archive : downloaded) {
                    new Command(LOOK, "dpkg-deb", "-x", archive.toString(), folder.toString()).succeed();
                    Files.delete(archive);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These and what they depend on, as far as it is not installed. */
    private static List<String> packagesToGet(List<String> names) {
        var words = new ArrayList<>(List.of("apt-get", "install", "--simulate", "--no-install-recommends"));
        words.addAll(names);
        var simulation = new Command(words, Path.of("/"), Map.of("LC_ALL", "C"), LOOK);
        var answer = simulation.run();
        if (answer.exitCode() != 0) {
            // A fresh machine has no lists of packages yet. Without the right to fetch them this changes nothing.
            new Command(DOWNLOAD, "apt-get", "update").attempt();
            answer = simulation.run();
        }
        return answer.exitCode() == 0
                ? MISSING_PACKAGE
                        .matcher(answer.output())
                        .results()
                        .map(line -> line.group(1))
                        .toList()
                : List.of();
    }
}
