package io.darvoza.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A measurement as it is published: one page in {@code docs/benchmarks}, which the next run replaces. */
record Report(String name, String command, String method, List<String> programs, List<Promise> promises, String body) {

    /** Writes the page, whatever became of the promises. */
    Published publish(Path root, Clock clock) {
        var page = root.resolve("docs/benchmarks").resolve(name + ".md");
        var text = text(LocalDate.now(clock));
        try {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Published(
                text,
                promises.stream().filter(Promise::isBroken).map(Promise::what).toList());
    }

    private String text(LocalDate date) {
        return """
                # bench %s

                `%s`, %s, on %s.

                %s

                Wanted: %s.

                %s""".formatted(
                        name,
                        command,
                        date,
                        String.join(
                                "; ",
                                Stream.concat(Stream.of(Machine.facts()), programs.stream())
                                        .toList()),
                        method,
                        promises.stream().map(Promise::toString).collect(Collectors.joining("; ")),
                        body);
    }
}
