package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path root;

    @Test
    void writesThePageAndTellsWhichPromisesWereMissed() throws IOException {
        var page = report(
                        Promise.wanted("at least 2", true),
                        Promise.wanted("at most 3", false),
                        Promise.aim("at most 1", false))
                .page(CLOCK);

        page.publish(root);

        assertThat(page.missed()).containsExactly("at most 3");
        assertThat(page.text())
                .isEqualTo(Files.readString(root.resolve("docs/benchmarks/things.md")))
                .contains("Wanted: at least 2 (held); at most 3 (**MISSED**); better at most 1 (not reached).")
                .contains("`./suite bench things`, 2026-01-02")
                .endsWith("| a table |\n");
    }

    @Test
    void missesNothingWhenAnAimAloneIsNotReached() {
        var page = report(Promise.wanted("at least 2", true), Promise.aim("at least 4", false))
                .page(CLOCK);

        assertThat(page.missed()).isEmpty();
    }

    private static Report report(Promise... promises) {
        return new Report("things", "./suite bench things", "How.", List.of("wrk"), List.of(promises), "| a table |\n");
    }
}
