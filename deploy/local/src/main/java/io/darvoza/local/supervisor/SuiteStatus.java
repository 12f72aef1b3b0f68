package io.darvoza.local.supervisor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the supervisor tells other processes, through a file.
 *
 * @param healthy whether the whole suite has been up once
 * @param note what goes on in the background, or empty
 */
public record SuiteStatus(long pid, Instant since, boolean healthy, String note, List<PartStatus> parts) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Whether the next start is being made faster in the background. */
    @JsonIgnore
    public boolean isPreparing() {
        return !note.isEmpty();
    }

    /** What was written last; it may be a past run's. */
    public static Optional<SuiteStatus> read(SuiteFolder folder) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file(folder)), SuiteStatus.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(SuiteFolder folder) {
        try {
            var aside = folder.run().resolve("status.json.new");
            Files.writeString(aside, JSON.writeValueAsString(this));
            Files.move(aside, file(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(SuiteFolder folder) {
        try {
            Files.deleteIfExists(file(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(SuiteFolder folder) {
        return folder.run().resolve("status.json");
    }
}
