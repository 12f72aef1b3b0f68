package io.darvoza.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** A measurement as it is published: one page in {@code docs/benchmarks}, which the next run replaces. */
record Report(String name, String command, String method, List<String> programs, String body) {

    /** Writes the page.
     *
     * @return its text
     */
    String publish(Path root, Clock clock) {
        var page = root.resolve("docs/benchmarks").resolve(name + ".md");
        var text = text(LocalDate.now(clock));
        try {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text;
    }

    private String text(LocalDate date) {
        return """
                # bench %s

                `%s`, %s, on %s; %s.

                %s

                %s""".formatted(name, command, date, Machine.facts(), String.join(", ", programs), method, body);
    }
}
