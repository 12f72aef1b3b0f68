package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Whether a machine is worth measuring on; figures of one that is not would only mislead. */
record Fitness(int cores, long memoryMebibytes, long diskMebibytes, double busy) {

    private static final int MEBI = 1024 * 1024;
    private static final Quiet LOOK = new Quiet(0.25, Duration.ofSeconds(60));

    static Fitness of(Path folder) {
        try {
            return new Fitness(
                    Runtime.getRuntime().availableProcessors(),
                    Machine.availableMemory() / MEBI,
                    Files.getFileStore(folder).getUsableSpace() / MEBI,
                    LOOK.await());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses in one sentence. */
    void require(Fitness least) {
        require(cores >= least.cores, "%d cores; %d are needed".formatted(cores, least.cores));
        require(
                memoryMebibytes >= least.memoryMebibytes,
                "%d MiB of memory free; %d are needed".formatted(memoryMebibytes, least.memoryMebibytes));
        require(
                diskMebibytes >= least.diskMebibytes,
                "%d MiB of disk free; %d are needed".formatted(diskMebibytes, least.diskMebibytes));
        require(busy <= least.busy, "cores that are %.0f %% busy with other things".formatted(100 * busy));
    }

    private static void require(boolean fit, String what) {
        if (!fit) {
            throw new StartFailure("This machine is not fit to measure on: it has " + what + ".");
        }
    }
}
