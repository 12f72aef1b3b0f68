package io.darvoza.common.test.committed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds a generated text against the committed file. With {@code -Ddocs.update=true} it writes the file first; the diff of the
 * commit then shows what changes for readers and callers.
 */
public final class CommittedFile {

    private CommittedFile() {}

    /**
     * Compares, or updates and compares.
     *
     * @param path from the root of the repository
     */
    public static void check(String path, String generated) {
        Path file = root().resolve(path);
        if (Boolean.getBoolean("docs.update")) {
            write(file, generated);
        }
        assertThat(file)
                .as("%s; -Ddocs.update=true writes it anew", path)
                .exists()
                .hasContent(generated);
    }

    /** The root of the repository: the folder above that holds the script {@code suite}. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("suite"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above holds the script suite");
            }
        }
        return folder;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
