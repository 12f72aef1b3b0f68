package io.darvoza.local.command;

import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.PartStatus;
import io.darvoza.local.supervisor.PartStatus.State;
import io.darvoza.local.supervisor.SuiteLock;
import io.darvoza.local.supervisor.SuiteStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A table of the parts. Exit code 0 when all are ready. */
@Command(name = "status", description = "Shows how the parts are doing.")
final class Status implements Callable<Integer> {

    @Override
    public Integer call() {
        var folder = SuiteFolder.current();
        var status = SuiteStatus.read(folder);
        if (!SuiteLock.isHeld(folder) || status.isEmpty()) {
            System.out.println("The suite is not running.");
            return 1;
        }
        var now = Instant.now();
        System.out.printf("%-24s %-12s %-8s %-10s %s%n", "PART", "STATE", "PORT", "FOR", "RESTARTS");
        status.get().parts().forEach(part -> print(part, now));
        if (!status.get().note().isEmpty()) {
            System.out.println(status.get().note());
        }
        return status.get().parts().stream().allMatch(part -> part.state() == State.READY) ? 0 : 1;
    }

    private static void print(PartStatus part, Instant now) {
        System.out.printf(
                "%-24s %-12s %-8d %-10s %s%n",
                part.name(),
                part.state().name().toLowerCase(Locale.ROOT),
                part.port(),
                readable(Duration.between(part.since(), now)),
                part.restarts() == 0 ? "" : part.restarts());
    }

    private static String readable(Duration duration) {
        return duration.toHours() > 0
                ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
                : duration.toMinutes() > 0
                        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                        : duration.toSeconds() + " s";
    }
}
