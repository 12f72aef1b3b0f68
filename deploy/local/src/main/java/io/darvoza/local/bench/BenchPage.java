package io.darvoza.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A measurement, told on one page.
 *
 * @param name of the page
 * @param text of the page
 * @param missed promises that it did not keep, as the page says them
 */
public record BenchPage(String name, String text, List<String> missed) {

    /** Writes it into {@code docs/benchmarks} in place of the one before, whatever became of the promises. */
    public void publish(Path root) {
        var page = root.resolve("docs/benchmarks").resolve(name + ".md");
        try {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
