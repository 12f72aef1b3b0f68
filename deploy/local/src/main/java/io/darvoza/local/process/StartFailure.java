package io.darvoza.local.process;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part that cannot run: one sentence that names it and, where there is one, the end of its log. */
public final class StartFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LINES = 15;
    private static final int LENGTH = 400;

    private final String sentence;
    private final transient List<String> lastLogLines;

    public StartFailure(String sentence) {
        this(sentence, null);
    }

    public StartFailure(String sentence, @Nullable Path log) {
        super(sentence);
        this.sentence = sentence;
        this.lastLogLines = log == null ? List.of() : tail(log);
    }

    public String sentence() {
        return sentence;
    }

    /** At most the last 15 lines, stack frames left out. */
    public List<String> lastLogLines() {
        return lastLogLines;
    }

    private static List<String> tail(Path log) {
        try {
            // Not readString: a log may hold bytes that are not UTF-8.
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t...") && !line.isBlank())
                    .map(line -> line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…")
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
